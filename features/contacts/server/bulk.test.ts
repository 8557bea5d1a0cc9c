import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let bob: Person;
let rep: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  rep = await world.person(ada.companyId, 'sales_rep');
});

const create = async (person: Person, fields = {}): Promise<string> =>
  (await person.post('/api/contacts/', { first_name: 'Grace', last_name: 'Hopper', tags: ['old'], ...fields })).body.id;
const read = async (person: Person, id: string) => (await person.get(`/api/contacts/${id}`)).body;

describe('changing many contacts at once', () => {
  it('changes all of them, and adds and takes away tags', async () => {
    const ids = [await create(ada), await create(ada, { tags: ['old', 'vip'] })];
    const answer = await ada.post('/api/contacts/bulk', {
      ids: [...ids, ids[0]?.toUpperCase()],
      change: { status: 'LEAD', owner_id: rep.userId, add_tags: ['fair', 'vip'], remove_tags: ['old'] },
    });
    expect([answer.status, answer.body]).toEqual([200, { changed: 2 }]);
    for (const id of ids) {
      expect(await read(ada, id)).toMatchObject({ status: 'LEAD', owner_id: rep.userId, tags: ['fair', 'vip'] });
    }
  });

  it('deletes and restores all of them', async () => {
    const ids = [await create(ada), await create(ada)];
    expect((await ada.post('/api/contacts/bulk-delete', { ids })).body).toEqual({ changed: 2 });
    expect((await ada.get(`/api/contacts/${ids[0]}`)).status).toBe(404);
    expect((await ada.post('/api/contacts/bulk-delete', { ids })).status).toBe(404);
    expect((await ada.post('/api/contacts/bulk-restore', { ids })).body).toEqual({ changed: 2 });
    expect((await ada.get(`/api/contacts/${ids[0]}`)).status).toBe(200);
  });

  it.each([
    ['bulk', { change: { status: 'CUSTOMER' } }],
    ['bulk-delete', {}],
  ])('%s changes nothing where one of the ids is not the caller’s to see', async (path, more) => {
    const mine = await create(ada);
    const theirs = await create(bob);
    const none = await ada.post(`/api/contacts/${path}`, {
      ids: [mine, '01900000-0000-7000-8000-000000000000'],
      ...more,
    });
    const mixed = await ada.post(`/api/contacts/${path}`, { ids: [mine, theirs], ...more });
    expect([mixed.status, mixed.text]).toEqual([404, none.text]);
    const unseen = await rep.post(`/api/contacts/${path}`, { ids: [await create(rep), mine], ...more });
    expect(unseen.status).toBe(404);
    expect(await read(ada, mine)).toMatchObject({ status: 'NEW', version: 1 });
    expect(await read(bob, theirs)).toMatchObject({ status: 'NEW', version: 1 });
  });

  it('restores nothing where one of the ids belongs to another company', async () => {
    const [mine, theirs] = [await create(ada), await create(bob)];
    await ada.delete(`/api/contacts/${mine}`);
    await bob.delete(`/api/contacts/${theirs}`);
    expect((await ada.post('/api/contacts/bulk-restore', { ids: [mine, theirs] })).status).toBe(404);
    expect((await ada.get(`/api/contacts/${mine}`)).status).toBe(404);
    expect((await bob.get(`/api/contacts/${theirs}`)).status).toBe(404);
  });

  it.each([
    [{ ids: [], change: { status: 'LEAD' } }],
    [{ ids: ['x'], change: { status: 'LEAD' } }],
    [{ ids: ['01900000-0000-7000-8000-000000000000'], change: {} }],
    [{ ids: ['01900000-0000-7000-8000-000000000000'], change: { company_id: 'x' } }],
  ])('refuses a malformed batch', async (body) => {
    expect((await ada.post('/api/contacts/bulk', body)).status).toBe(400);
  });

  it('refuses an owner of another company, and asks who calls', async () => {
    const ids = [await create(ada)];
    const answer = await ada.post('/api/contacts/bulk', { ids, change: { owner_id: bob.userId } });
    expect([answer.status, answer.body.errors[0].field]).toEqual([400, 'owner_id']);
    for (const path of ['bulk', 'bulk-delete', 'bulk-restore']) {
      expect((await world.anonymous.post(`/api/contacts/${path}`, { ids })).status).toBe(401);
    }
  });
});

describe('a private contact', () => {
  it('is seen by the one it is private to, and not even by admins', async () => {
    const id = await create(rep, { private_to: rep.userId });
    expect((await read(rep, id)).private_to).toBe(rep.userId);
    expect((await ada.get(`/api/contacts/${id}`)).status).toBe(404);
    expect(
      (await ada.get('/api/contacts/?search=grace&limit=200')).body.items.map((c: { id: string }) => c.id),
    ).not.toContain(id);
    expect((await rep.patch(`/api/contacts/${id}`, { private_to: null })).status).toBe(200);
    expect((await ada.get(`/api/contacts/${id}`)).status).toBe(200);
  });

  it('can be private to oneself only', async () => {
    const id = await create(ada);
    for (const answer of [
      await ada.patch(`/api/contacts/${id}`, { private_to: rep.userId }),
      await ada.post('/api/contacts/', { first_name: 'A', last_name: 'B', private_to: bob.userId }),
      await ada.post('/api/contacts/bulk', { ids: [id], change: { private_to: rep.userId } }),
    ]) {
      expect([answer.status, answer.body.errors[0].field]).toEqual([400, 'private_to']);
    }
  });
});

describe('the summary', () => {
  it('counts what the caller sees, and nothing of another company', async () => {
    const { id, admin } = await world.company();
    const seller = await world.person(id, 'sales_rep');
    await create(admin, { status: 'LEAD', source: 'referral' });
    await create(seller);
    await admin.delete(`/api/contacts/${await create(admin)}`);
    const all = (await admin.get('/api/contacts/stats/summary')).body;
    expect(all).toEqual({
      total: 2,
      new_this_month: 2,
      by_status: { LEAD: 1, NEW: 1 },
      by_source: { referral: 1, none: 1 },
      by_owner: expect.arrayContaining([
        { owner_id: admin.userId, count: 1 },
        { owner_id: seller.userId, count: 1 },
      ]),
    });
    expect((await seller.get('/api/contacts/stats/summary')).body.total).toBe(1);
    const empty = (await (await world.company()).admin.get('/api/contacts/stats/summary')).body;
    expect(empty).toEqual({ total: 0, new_this_month: 0, by_status: {}, by_source: {}, by_owner: [] });
    expect((await world.anonymous.get('/api/contacts/stats/summary')).status).toBe(401);
  });
});
