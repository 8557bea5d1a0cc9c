import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
});

const create = async (person: Person, fields = {}) =>
  (
    await person.post('/api/contacts/', {
      first_name: 'Grace',
      last_name: 'Hopper',
      email: 'grace@example.com',
      ...fields,
    })
  ).body;

describe('contacts', () => {
  it('creates a contact that its owner reads back', async () => {
    const made = await ada.post('/api/contacts/', { first_name: 'Grace', last_name: 'Hopper', tags: ['vip'] });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      first_name: 'Grace',
      owner_id: ada.userId,
      status: 'NEW',
      tags: ['vip'],
      version: 1,
    });
    const read = await ada.get(`/api/contacts/${made.body.id}`);
    expect(read.status).toBe(200);
    expect(read.body).toEqual(made.body);
    expect(read.headers.etag).toBe('"1"');
  });

  it("answers another company's contact exactly as one that does not exist", async () => {
    const { id } = await create(ada);
    const theirs = await bob.get(`/api/contacts/${id}`);
    const none = await bob.get('/api/contacts/01900000-0000-7000-8000-000000000000');
    expect(theirs.status).toBe(404);
    expect(theirs.text).toBe(none.text);
    for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
      const answer = await bob.call({
        method,
        url: `/api/contacts/${id}`,
        ...(method === 'DELETE' ? {} : { payload: { last_name: 'Taken' } }),
      });
      expect(answer.status).toBe(404);
    }
    expect((await ada.get(`/api/contacts/${id}`)).body.last_name).toBe('Hopper');
  });

  it('shows a sales rep their own contacts and nobody else’s', async () => {
    const rep = await world.person(ada.companyId, 'sales_rep');
    const { id } = await create(ada);
    const own = await create(rep);
    expect((await rep.get(`/api/contacts/${id}`)).status).toBe(404);
    const list = await rep.get('/api/contacts/');
    expect(list.body.items.map((c: { id: string }) => c.id)).toEqual([own.id]);
  });

  it('pages by cursor without repeating or missing a row', async () => {
    const { admin } = await world.company();
    for (let i = 0; i < 7; i += 1) await create(admin, { last_name: `N${i}` });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await admin.get(`/api/contacts/?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.items.map((c: { last_name: string }) => c.last_name));
      cursor = page.body.next_cursor;
    }
    expect(seen).toEqual(['N6', 'N5', 'N4', 'N3', 'N2', 'N1', 'N0']);
  });

  it('refuses a cursor of another company', async () => {
    const { admin } = await world.company();
    for (let i = 0; i < 3; i += 1) await create(admin);
    const { next_cursor } = (await admin.get('/api/contacts/?limit=1')).body;
    expect((await admin.get(`/api/contacts/?limit=1&cursor=${next_cursor}`)).status).toBe(200);
    expect((await bob.get(`/api/contacts/?limit=1&cursor=${next_cursor}`)).status).toBe(400);
  });

  it('refuses a body that names company_id, and says which field', async () => {
    const answer = await ada.post('/api/contacts/', { first_name: 'A', last_name: 'B', company_id: bob.companyId });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([expect.objectContaining({ field: 'company_id' })]);
  });

  it('refuses an owner of another company as one that does not exist', async () => {
    const answer = await ada.post('/api/contacts/', { first_name: 'A', last_name: 'B', owner_id: bob.userId });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe('owner_id');
  });

  it('keeps the change of a colleague when an old version is saved', async () => {
    const { id } = await create(ada);
    expect((await ada.patch(`/api/contacts/${id}`, { title: 'CEO' }, { 'if-match': '"1"' })).status).toBe(200);
    const late = await ada.patch(`/api/contacts/${id}`, { title: 'CTO' }, { 'if-match': '"1"' });
    expect(late.status).toBe(412);
    expect((await ada.get(`/api/contacts/${id}`)).body.title).toBe('CEO');
  });

  it('logs who changed what, before and after, in the same transaction', async () => {
    const { id } = await create(ada);
    await ada.patch(`/api/contacts/${id}`, { title: 'CEO' });
    await ada.delete(`/api/contacts/${id}`);
    const { rows } = await world.admin.query('select * from audit_logs where resource_id = $1 order by id', [id]);
    expect(rows.map((row) => row.action)).toEqual(['create', 'update', 'delete']);
    expect(rows[1]).toMatchObject({
      user_id: ada.userId,
      request_method: 'PATCH',
      changes: { before: { title: null }, after: { title: 'CEO' } },
    });
  });

  it('restores a deleted contact', async () => {
    const { id } = await create(ada);
    expect((await ada.delete(`/api/contacts/${id}`)).status).toBe(204);
    expect((await ada.get(`/api/contacts/${id}`)).status).toBe(404);
    expect((await bob.post(`/api/contacts/${id}/restore`)).status).toBe(404);
    expect((await ada.post(`/api/contacts/${id}/restore`)).status).toBe(200);
    expect((await ada.get(`/api/contacts/${id}`)).status).toBe(200);
  });

  it('asks who calls before anything else', async () => {
    expect((await world.anonymous.get('/api/contacts/')).status).toBe(401);
    expect((await world.as(`${ada.token}x`).get('/api/contacts/')).status).toBe(401);
  });
});
