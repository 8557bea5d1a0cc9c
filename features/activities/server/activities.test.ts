import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { makePipeline, NOBODY } from '../../pipelines/server/testing.ts';

let world: World;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  await makePipeline(ada);
  await makePipeline(bob);
});

const PAST = '2020-01-01T09:00:00.000Z';
const FUTURE = '2099-01-01T09:00:00.000Z';
const create = async (person: Person, fields = {}) =>
  (await person.post('/api/activities/', { type: 'call', subject: 'Ring Grace', ...fields })).body;
const deal = async (person: Person) => (await person.post('/api/deals/', { title: 'Boiler' })).body.id as string;
const contact = async (person: Person) =>
  (await person.post('/api/contacts/', { first_name: 'Grace', last_name: 'Hopper' })).body.id as string;

describe('activities', () => {
  it('creates an activity about a contact and a deal, and its owner reads it back', async () => {
    const about = { contact_id: await contact(ada), deal_id: await deal(ada) };
    const made = await ada.post('/api/activities', { type: 'meeting', subject: 'Demo', due_date: FUTURE, ...about });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...about, status: 'pending', owner_id: ada.userId, priority: 0, version: 1 });
    expect(made.body).toMatchObject({ contact_name: 'Grace Hopper', deal_title: 'Boiler' });
    const read = await ada.get(`/api/activities/${made.body.id}`);
    expect([read.body, read.headers.etag]).toEqual([made.body, '"1"']);
  });

  it('is overdue by the clock, and completed with what came of it', async () => {
    const { id, status } = await create(ada, { due_date: PAST });
    expect(status).toBe('overdue');
    const done = await ada.patch(`/api/activities/${id}/complete`, { outcome: 'Reached', duration_minutes: 5 });
    expect(done.body).toMatchObject({ status: 'completed', outcome: 'Reached', duration_minutes: 5 });
    expect(done.body.completed_at).not.toBeNull();
    const again = await ada.call({ method: 'PATCH', url: `/api/activities/${id}/complete` });
    expect(again.body).toMatchObject({ completed_at: done.body.completed_at, outcome: 'Reached' });
    const reopened = await ada.patch(`/api/activities/${id}`, { status: 'pending' });
    expect(reopened.body).toMatchObject({ status: 'overdue', completed_at: null });
    expect((await ada.patch(`/api/activities/${id}`, { status: 'overdue' })).status).toBe(400);
  });

  it("answers another company's activity exactly as one that does not exist", async () => {
    const { id } = await create(ada);
    const before = (await ada.get(`/api/activities/${id}`)).body;
    const attempts = (activity: string) => [
      bob.get(`/api/activities/${activity}`),
      bob.patch(`/api/activities/${activity}`, { subject: 'Taken' }, { 'if-match': '"1"' }),
      bob.put(`/api/activities/${activity}`, { subject: 'Taken' }),
      bob.patch(`/api/activities/${activity}/complete`, {}),
      bob.delete(`/api/activities/${activity}`),
      bob.post(`/api/activities/${activity}/restore`),
    ];
    const answers = await Promise.all(attempts(id));
    const none = await Promise.all(attempts(NOBODY));
    expect(answers.map((a) => a.status)).toEqual(answers.map(() => 404));
    expect(answers.map((a) => a.text)).toEqual(none.map((a) => a.text));
    expect((await ada.get(`/api/activities/${id}`)).body).toEqual(before);
  });

  it("refuses another company's contact, deal and owner as if they did not exist", async () => {
    const { id } = await create(bob);
    const foreign = { contact_id: await contact(ada), deal_id: await deal(ada), owner_id: ada.userId };
    for (const [field, value] of Object.entries(foreign)) {
      const attempts = (one: string) => [
        bob.post('/api/activities', { type: 'call', subject: 'X', [field]: one }),
        bob.patch(`/api/activities/${id}`, { [field]: one }),
      ];
      const answers = await Promise.all(attempts(value));
      const none = await Promise.all(attempts(NOBODY));
      expect(answers.map((a) => [a.status, a.body.errors[0].field])).toEqual([
        [400, field],
        [400, field],
      ]);
      expect(answers.map((a) => a.body.errors)).toEqual(none.map((a) => a.body.errors));
    }
    for (const field of [{ company_id: ada.companyId }, { id: NOBODY }, { completed_at: PAST }, { version: 2 }]) {
      expect((await bob.post('/api/activities', { type: 'call', subject: 'X', ...field })).status).toBe(400);
      expect((await bob.patch(`/api/activities/${id}`, field)).status).toBe(400);
    }
  });

  it('shows reps their own, and ties nothing to a record that its author does not see', async () => {
    const rep = await world.person(ada.companyId, 'sales_rep');
    const own = await create(rep);
    const hidden = await create(rep, { private_to: rep.userId });
    const others = await create(ada);
    expect((await rep.get(`/api/activities/${others.id}`)).status).toBe(404);
    expect((await ada.get(`/api/activities/${own.id}`)).status).toBe(200);
    expect((await ada.get(`/api/activities/${hidden.id}`)).status).toBe(404);
    for (const query of ['', '?search=grace', '?sort=due_date', '?sort=-updated_at']) {
      const { items } = (await rep.get(`/api/activities/${query}`)).body;
      expect(items.map((a: { id: string }) => a.id).sort()).toEqual([own.id, hidden.id].sort());
    }
    expect((await rep.post('/api/activities', { type: 'call', subject: 'X', deal_id: await deal(ada) })).status).toBe(
      400,
    );
    expect((await rep.patch(`/api/activities/${own.id}`, { owner_id: ada.userId })).status).toBe(403);
  });

  it('filters alike with and without a search', async () => {
    const { admin } = await world.company();
    await makePipeline(admin);
    const about = { contact_id: await contact(admin), deal_id: await deal(admin) };
    await create(admin, { subject: 'Late', due_date: PAST, priority: 3 });
    await create(admin, { subject: 'Soon', due_date: FUTURE, type: 'task', ...about });
    await create(admin, { subject: 'Done', due_date: PAST, status: 'completed' });
    await create(admin, { subject: 'Someday', location: 'Oslo' });
    const { body: team } = await admin.post('/api/teams', { name: 'North' });
    const { body: empty } = await admin.post('/api/teams', { name: 'Empty' });
    await admin.put(`/api/teams/${team.id}/members/${admin.userId}`, {});
    const cases: [string, string[]][] = [
      ['type=task', ['Soon']],
      ['open=true', ['Late', 'Someday', 'Soon']],
      ['open=false', ['Done']],
      [`team_id=${team.id}&open=false`, ['Done']],
      [`team_id=${empty.id}`, []],
      ['completed_from=2020-01-01T00:00:00Z', ['Done']],
      ['completed_to=2020-01-01T00:00:00Z', []],
      ['status=overdue', ['Late']],
      ['status=pending', ['Someday', 'Soon']],
      ['overdue=true', ['Late']],
      ['overdue=false', ['Done', 'Someday', 'Soon']],
      [`contact_id=${about.contact_id}`, ['Soon']],
      [`deal_id=${about.deal_id}`, ['Soon']],
      [`owner_id=${ada.userId}`, []],
      ['priority=3', ['Late']],
      [`due_from=${PAST}&due_to=2021-01-01T00:00:00Z`, ['Done', 'Late']],
    ];
    const subjects = async (query: string) =>
      (await admin.get(`/api/activities/?${query}`)).body.items.map((a: { subject: string }) => a.subject);
    for (const [query, expected] of cases) {
      expect([query, (await subjects(query)).sort()]).toEqual([query, expected]);
      expect([query, (await subjects(`${query}&search=%20`)).sort()]).toEqual([query, expected]);
    }
    expect(await subjects('search=oslo')).toEqual(['Someday']);
    expect((await subjects('sort=due_date')).slice(2)).toEqual(['Soon', 'Someday']);
    expect((await subjects('sort=-due_date')).at(-1)).toBe('Someday');
    expect((await subjects('sort=-completed_at'))[0]).toBe('Done');
    expect((await subjects('sort=-completed_at&search=%20'))[0]).toBe('Done');
    expect((await bob.get(`/api/activities/?team_id=${team.id}`)).body.items).toEqual([]);
    expect((await subjects('sort=-due_date&search=%20')).at(-1)).toBe('Someday');
    expect((await admin.get('/api/activities/?status=gone')).status).toBe(400);
  });

  it('keeps a colleague’s change, restores from the bin, and logs it all', async () => {
    const { id } = await create(ada);
    expect((await ada.patch(`/api/activities/${id}`, { location: 'Oslo' }, { 'if-match': '"1"' })).status).toBe(200);
    expect((await ada.patch(`/api/activities/${id}`, { location: 'Rome' }, { 'if-match': '"1"' })).status).toBe(412);
    const late = await ada.patch(`/api/activities/${id}/complete`, {}, { 'if-match': '"1"' });
    expect(late.status).toBe(412);
    expect((await ada.delete(`/api/activities/${id}`)).status).toBe(204);
    expect((await ada.get('/api/activities/?deleted=true')).body.items).toMatchObject([{ id }]);
    expect((await ada.post(`/api/activities/${id}/restore`)).status).toBe(200);
    const { rows } = await world.admin.query('select action from audit_logs where resource_id = $1 order by id', [id]);
    expect(rows.map((row) => row.action)).toEqual(['create', 'update', 'delete', 'restore']);
    expect((await world.anonymous.get('/api/activities/')).status).toBe(401);
  });
});
