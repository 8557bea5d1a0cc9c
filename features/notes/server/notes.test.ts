import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { makePipeline, NOBODY } from '../../pipelines/server/testing.ts';

let world: World;
let ada: Person;
let rep: Person;
let bob: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  rep = await world.person(ada.companyId, 'sales_rep');
  bob = (await world.company('Sunstone')).admin;
  await makePipeline(ada);
});

const contact = async (person: Person, fields = {}) =>
  (await person.post('/api/contacts/', { first_name: 'Grace', last_name: 'Hopper', ...fields })).body.id as string;
const write = async (person: Person, parent: object, body = 'Likes blue') =>
  (await person.post('/api/notes', { body, ...parent })).body;
const bodies = async (person: Person, query: string) =>
  (await person.get(`/api/notes?${query}`)).body.items.map((note: { body: string }) => note.body);

describe('notes', () => {
  it('stand on contacts and deals, pinned ones first', async () => {
    const contact_id = await contact(ada);
    const deal_id = (await ada.post('/api/deals', { title: 'Boiler' })).body.id;
    for (const body of ['One', 'Two', 'Three', 'Four']) await write(ada, { contact_id }, body);
    const { id } = await write(ada, { contact_id, deal_id }, 'Both');
    const one = (await ada.get(`/api/notes?contact_id=${contact_id}&sort=created_at`)).body.items[0];
    expect((await ada.put(`/api/notes/${one.id}/pin`)).body.pinned_at).not.toBeNull();
    expect(await bodies(ada, `contact_id=${contact_id}`)).toEqual(['One', 'Both', 'Four', 'Three', 'Two']);
    expect(await bodies(ada, `deal_id=${deal_id}`)).toEqual(['Both']);
    expect(await bodies(ada, `contact_id=${contact_id}&pinned=true`)).toEqual(['One']);
    const page = (await ada.get(`/api/notes?contact_id=${contact_id}&limit=2`)).body;
    expect(await bodies(ada, `contact_id=${contact_id}&limit=2&cursor=${page.next_cursor}`)).toEqual(['Four', 'Three']);
    expect((await ada.delete(`/api/notes/${one.id}/pin`)).body.pinned_at).toBeNull();
    expect((await ada.get(`/api/notes/${id}`)).headers.etag).toBe('"1"');
  });

  it('are seen by those who see the parent, and changed by those who see the author’s records', async () => {
    const contact_id = await contact(rep);
    const byAda = await write(ada, { contact_id }, 'From the boss');
    const byRep = await write(rep, { contact_id }, 'From the rep');
    const mate = await world.person(ada.companyId, 'sales_rep');
    expect(await bodies(rep, `contact_id=${contact_id}`)).toEqual(['From the rep', 'From the boss']);
    expect(await bodies(mate, `contact_id=${contact_id}`)).toEqual([]);
    expect((await mate.get(`/api/notes/${byRep.id}`)).status).toBe(404);
    expect((await rep.patch(`/api/notes/${byAda.id}`, { body: 'Mine' })).status).toBe(403);
    expect((await rep.delete(`/api/notes/${byAda.id}`)).status).toBe(403);
    expect((await mate.patch(`/api/notes/${byAda.id}`, { body: 'Mine' })).status).toBe(404);
    expect((await ada.patch(`/api/notes/${byRep.id}`, { body: 'Corrected' })).status).toBe(200);
    expect((await rep.put(`/api/notes/${byAda.id}/pin`)).status).toBe(200);
    const hidden = await contact(rep, { private_to: rep.userId });
    const secret = await write(rep, { contact_id: hidden });
    expect((await ada.get(`/api/notes/${secret.id}`)).status).toBe(404);
  });

  it("answer another company's as if they did not exist, parents too", async () => {
    const contact_id = await contact(ada);
    const deal_id = (await ada.post('/api/deals', { title: 'Boiler' })).body.id;
    const { id } = await write(ada, { contact_id });
    const attempts = (note: string) => [
      bob.get(`/api/notes/${note}`),
      bob.patch(`/api/notes/${note}`, { body: 'Taken' }, { 'if-match': '"1"' }),
      bob.put(`/api/notes/${note}`, { body: 'Taken' }),
      bob.put(`/api/notes/${note}/pin`),
      bob.delete(`/api/notes/${note}/pin`),
      bob.delete(`/api/notes/${note}`),
      bob.post(`/api/notes/${note}/restore`),
    ];
    const answers = await Promise.all(attempts(id));
    const none = await Promise.all(attempts(NOBODY));
    expect(answers.map((a) => a.status)).toEqual(answers.map(() => 404));
    expect(answers.map((a) => a.text)).toEqual(none.map((a) => a.text));
    for (const [field, value] of Object.entries({ contact_id, deal_id })) {
      const theirs = await bob.post('/api/notes', { body: 'X', [field]: value });
      const nothing = await bob.post('/api/notes', { body: 'X', [field]: NOBODY });
      expect([theirs.status, theirs.body.errors]).toEqual([400, nothing.body.errors]);
      expect(await bodies(bob, `${field}=${value}`)).toEqual([]);
    }
    const mine = await contact(bob);
    expect((await bob.post('/api/notes', { body: 'X', contact_id: mine, deal_id })).status).toBe(400);
    expect((await ada.get(`/api/notes/${id}`)).body).toMatchObject({ body: 'Likes blue', version: 1 });
  });

  it('go with their parent into the bin, and come back', async () => {
    const contact_id = await contact(ada);
    const { id } = await write(ada, { contact_id });
    await ada.delete(`/api/contacts/${contact_id}`);
    expect((await ada.get(`/api/notes/${id}`)).status).toBe(404);
    expect((await ada.post('/api/notes', { body: 'X', contact_id })).status).toBe(400);
    await ada.post(`/api/contacts/${contact_id}/restore`);
    expect((await ada.delete(`/api/notes/${id}`)).status).toBe(204);
    expect((await ada.get(`/api/notes/${id}`)).status).toBe(404);
    expect(await bodies(ada, `contact_id=${contact_id}&deleted=true`)).toEqual(['Likes blue']);
    expect((await ada.post(`/api/notes/${id}/restore`)).status).toBe(200);
  });

  it('refuse what is malformed, unknown or out of date', async () => {
    const contact_id = await contact(ada);
    const { id } = await write(ada, { contact_id });
    for (const body of [{ body: 'X' }, { body: '', contact_id }, { body: 'X', contact_id, author_id: ada.userId }]) {
      expect((await ada.post('/api/notes', body)).status).toBe(400);
    }
    expect((await ada.get('/api/notes')).status).toBe(400);
    expect((await ada.patch(`/api/notes/${id}`, { contact_id })).status).toBe(400);
    expect((await ada.patch(`/api/notes/${id}`, { body: 'Two' }, { 'if-match': '"1"' })).status).toBe(200);
    expect((await ada.patch(`/api/notes/${id}`, { body: 'Three' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await world.anonymous.get('/api/notes')).status).toBe(401);
    const { rows } = await world.admin.query('select action from audit_logs where resource_id = $1 order by id', [id]);
    expect(rows.map((row) => row.action)).toEqual(['create', 'update']);
  });

  it('are told to those who see the parent’s owner’s records', async () => {
    const contact_id = await contact(rep);
    const heard: unknown[] = [];
    const stop = world.app.events.subscribe((change) => heard.push(change as object));
    const note = await write(ada, { contact_id });
    stop();
    expect(note.owner_id).toBeUndefined();
    expect(heard).toMatchObject([{ table: 'notes', id: note.id, action: 'created', ownerId: rep.userId }]);
  });
});
