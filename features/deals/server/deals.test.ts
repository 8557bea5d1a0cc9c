import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { makePipeline, NOBODY } from '../../pipelines/server/testing.ts';

let world: World;
let ada: Person;
let bob: Person;
let sales: Awaited<ReturnType<typeof makePipeline>>;
let theirs: Awaited<ReturnType<typeof makePipeline>>;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  sales = await makePipeline(ada);
  theirs = await makePipeline(bob);
});

const create = async (person: Person, fields = {}) =>
  (await person.post('/api/deals/', { title: 'Boiler', value: '1000.00', ...fields })).body;
const contact = async (person: Person) =>
  (await person.post('/api/contacts/', { first_name: 'Grace', last_name: 'Hopper' })).body.id as string;

describe('deals', () => {
  it('begins in the first stage of the default pipeline, in the currency of the company', async () => {
    const made = await ada.post('/api/deals/', { title: 'Boiler', value: '1200.5', expected_close_date: '2027-01-31' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      pipeline_id: sales.id,
      stage_id: sales.first,
      owner_id: ada.userId,
      value: '1200.50',
      currency: 'USD',
      status: 'open',
      probability: 10,
      weighted_value: '120.05',
      expected_close_date: '2027-01-31',
      version: 1,
    });
    const read = await ada.get(`/api/deals/${made.body.id}`);
    expect([read.body, read.headers.etag]).toEqual([made.body, '"1"']);
  });

  it("answers another company's deal exactly as one that does not exist", async () => {
    const { id } = await create(ada);
    const before = (await ada.get(`/api/deals/${id}`)).body;
    const attempts = (deal: string) => [
      bob.get(`/api/deals/${deal}`),
      bob.patch(`/api/deals/${deal}`, { title: 'Taken' }),
      bob.patch(`/api/deals/${deal}`, { title: 'Taken' }, { 'if-match': '"1"' }),
      bob.put(`/api/deals/${deal}`, { title: 'Taken' }),
      bob.patch(`/api/deals/${deal}/move`, { stage_id: theirs.offer }),
      bob.patch(`/api/deals/${deal}/move`, { stage_id: sales.offer }),
      bob.delete(`/api/deals/${deal}`),
      bob.post(`/api/deals/${deal}/restore`),
      bob.get(`/api/deals/${deal}/history`),
    ];
    const answers = await Promise.all(attempts(id));
    const none = await Promise.all(attempts(NOBODY));
    expect(answers.map((a) => a.status)).toEqual(answers.map(() => 404));
    expect(answers.map((a) => a.text)).toEqual(none.map((a) => a.text));
    expect((await ada.get(`/api/deals/${id}`)).body).toEqual(before);
  });

  it("refuses another company's pipeline, stage, contact and owner as if they did not exist", async () => {
    const mine = await create(bob);
    const grace = await contact(ada);
    const foreign = { pipeline_id: sales.id, stage_id: sales.offer, contact_id: grace, owner_id: ada.userId };
    for (const [field, id] of Object.entries(foreign)) {
      const attempts = (value: string) => [
        bob.post('/api/deals/', { title: 'X', [field]: value }),
        ...(field === 'pipeline_id' ? [] : [bob.patch(`/api/deals/${mine.id}`, { [field]: value })]),
      ];
      const answers = await Promise.all(attempts(id));
      const none = await Promise.all(attempts(NOBODY));
      expect(answers.map((a) => a.status)).toEqual(answers.map(() => 400));
      expect(answers.map((a) => a.body.errors)).toEqual(none.map((a) => a.body.errors));
      expect(answers[0]?.body.errors[0].field).toBe(field);
    }
    expect((await bob.post('/api/deals/', { title: 'X', pipeline_id: theirs.id, stage_id: sales.offer })).status).toBe(
      400,
    );
    expect((await bob.patch(`/api/deals/${mine.id}/move`, { stage_id: sales.offer })).status).toBe(400);
    expect((await bob.get(`/api/deals/${mine.id}`)).body).toEqual(mine);
  });

  it('refuses fields that no caller may set', async () => {
    const { id } = await create(ada);
    const fields = [{ company_id: bob.companyId }, { id: NOBODY }, { version: 9 }, { weighted_value: '1' }];
    for (const field of [...fields, { deleted_at: null }, { stage_entered_at: '2020-01-01T00:00:00Z' }]) {
      expect((await ada.post('/api/deals/', { title: 'X', ...field })).status).toBe(400);
      expect((await ada.patch(`/api/deals/${id}`, field)).status).toBe(400);
    }
    for (const wrong of [
      { value: -1 },
      { value: '-1' },
      { currency: 'usd' },
      { probability: 101 },
      { title: '' },
      {},
    ]) {
      expect((await ada.patch(`/api/deals/${id}`, wrong)).status).toBe(400);
    }
  });

  it('shows reps their own deals, managers their team’s, admins all, and a private one to its user only', async () => {
    const rep = await world.person(ada.companyId, 'sales_rep');
    const mate = await world.person(ada.companyId, 'sales_rep');
    const manager = await world.person(ada.companyId, 'sales_manager');
    const { rows } = await world.admin.query(`insert into teams (company_id, name) values ($1, 'North') returning id`, [
      ada.companyId,
    ]);
    for (const member of [rep, manager]) {
      await world.admin.query('insert into team_members (company_id, team_id, user_id) values ($1, $2, $3)', [
        ada.companyId,
        rows[0].id,
        member.userId,
      ]);
    }
    world.app.sessions.forget();
    const open = await create(rep);
    const hidden = await create(rep, { private_to: rep.userId });
    const sees = async (person: Person, id: string) => (await person.get(`/api/deals/${id}`)).status === 200;
    const people = [rep, mate, manager, ada];
    expect(await Promise.all(people.map((p) => sees(p, open.id)))).toEqual([true, false, true, true]);
    expect(await Promise.all(people.map((p) => sees(p, hidden.id)))).toEqual([true, false, false, false]);
    for (const path of ['', '?search=boiler', '?sort=-value', '?sort=expected_close_date']) {
      const ids = async (p: Person) => (await p.get(`/api/deals/${path}`)).body.items.map((d: { id: string }) => d.id);
      expect((await ids(rep)).sort()).toEqual([open.id, hidden.id].sort());
      expect([await ids(mate), await ids(manager)]).toEqual([[], [open.id]]);
    }
    expect((await mate.patch(`/api/deals/${open.id}`, { title: 'Mine' })).status).toBe(404);
    expect((await mate.get(`/api/deals/${open.id}/history`)).status).toBe(404);
    expect((await rep.patch(`/api/deals/${open.id}`, { owner_id: mate.userId })).status).toBe(403);
    expect((await rep.post('/api/deals/', { title: 'X', private_to: mate.userId })).status).toBe(403);
    expect((await rep.post('/api/deals/', { title: 'X', contact_id: await contact(ada) })).status).toBe(400);
  });

  it('keeps the change of a colleague when an old version is saved', async () => {
    const { id } = await create(ada);
    const match = { 'if-match': '"1"' };
    expect((await ada.patch(`/api/deals/${id}`, { value: '2' }, match)).headers.etag).toBe('"2"');
    expect((await ada.patch(`/api/deals/${id}`, { value: '3' }, match)).status).toBe(412);
    expect((await ada.patch(`/api/deals/${id}/move`, { stage_id: sales.won }, match)).status).toBe(412);
    expect((await ada.get(`/api/deals/${id}`)).body).toMatchObject({ value: '2.00', stage_id: sales.first });
  });

  it('restores a deleted deal, into a stage that is still there', async () => {
    const { id, first, offer } = await makePipeline(ada, 'Short');
    const deal = await create(ada, { stage_id: offer });
    expect((await ada.delete(`/api/deals/${deal.id}`)).status).toBe(204);
    for (const answer of [await ada.get(`/api/deals/${deal.id}`), await ada.get(`/api/deals/${deal.id}/history`)]) {
      expect(answer.status).toBe(404);
    }
    expect((await ada.delete(`/api/pipeline-stages/${offer}`)).status).toBe(204);
    expect((await bob.post(`/api/deals/${deal.id}/restore`)).status).toBe(404);
    const restored = await ada.post(`/api/deals/${deal.id}/restore`);
    expect(restored.body).toMatchObject({ pipeline_id: id, stage_id: first, deleted_at: null });
    expect((await ada.post(`/api/deals/${deal.id}/restore`)).status).toBe(404);
  });

  it('logs who changed what, before and after', async () => {
    const { id } = await create(ada);
    await ada.patch(`/api/deals/${id}`, { value: '5' });
    const { rows } = await world.admin.query('select * from audit_logs where resource_id = $1 order by id', [id]);
    expect(rows.map((row) => row.action)).toEqual(['create', 'update']);
    expect(rows[1]).toMatchObject({ user_id: ada.userId, changes: { before: { value: 1000 }, after: { value: 5 } } });
  });

  it('asks who calls before anything else', async () => {
    expect((await world.anonymous.get('/api/deals/')).status).toBe(401);
    expect((await (await world.superAdmin()).get('/api/deals/')).status).toBe(403);
  });
});
