import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let rep: Person;
let mate: Person;
let bob: Person;
const NOBODY = '01900000-0000-7000-8000-000000000000';

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  rep = await world.person(ada.companyId, 'sales_rep');
  mate = await world.person(ada.companyId, 'sales_manager');
  bob = (await world.company('Sunstone')).admin;
});

let count = 0;
const save = async (person: Person, fields = {}) => {
  count += 1;
  const definition = { filters: { status: 'open' }, columns: ['title', 'value'] };
  return (await person.post('/api/saved-views', { resource: 'deals', name: `View ${count}`, definition, ...fields }))
    .body;
};
const sees = async (person: Person, id: string) => (await person.get(`/api/saved-views/${id}`)).status === 200;

describe('saved views', () => {
  it('are their owner’s alone until they are shared, and then the company’s to use', async () => {
    const mine = await save(rep);
    const shared = await save(rep, { is_shared: true });
    expect(mine).toMatchObject({ owner_id: rep.userId, is_shared: false, definition: { columns: ['title', 'value'] } });
    const everybody = [rep, mate, ada, bob];
    expect(await Promise.all(everybody.map((p) => sees(p, mine.id)))).toEqual([true, false, false, false]);
    expect(await Promise.all(everybody.map((p) => sees(p, shared.id)))).toEqual([true, true, true, false]);
    const listed = (await mate.get('/api/saved-views?resource=deals')).body.items;
    expect(listed.map((view: { id: string }) => view.id)).toEqual([shared.id]);
    expect((await mate.get('/api/saved-views?resource=contacts')).body.items).toEqual([]);
  });

  it('are changed and deleted by their owner and by admins, though all may read a shared one', async () => {
    const { id } = await save(rep, { is_shared: true });
    expect((await mate.patch(`/api/saved-views/${id}`, { name: 'Mine' })).status).toBe(403);
    expect((await mate.patch(`/api/saved-views/${id}`, { is_shared: false })).status).toBe(403);
    expect((await mate.delete(`/api/saved-views/${id}`)).status).toBe(403);
    expect((await ada.patch(`/api/saved-views/${id}`, { name: 'Tidied' })).body).toMatchObject({
      name: 'Tidied',
      owner_id: rep.userId,
    });
    expect((await rep.patch(`/api/saved-views/${id}`, { is_shared: false })).status).toBe(200);
    expect(await sees(mate, id)).toBe(false);
    const other = await save(rep, { is_shared: true });
    expect((await ada.delete(`/api/saved-views/${other.id}`)).status).toBe(204);
    expect((await rep.delete(`/api/saved-views/${id}`)).status).toBe(204);
  });

  it('are guarded by the database itself', async () => {
    const { id } = await save(rep, { is_shared: true });
    const client = world.admin;
    await client.query('begin');
    await client.query('set local role bulkhead_app');
    await client.query(
      `select set_config('app.company_id', $1, true), set_config('app.user_id', $2, true), set_config('app.owners', $3, true)`,
      [mate.companyId, mate.userId, `{${mate.userId}}`],
    );
    const changed = await client.query(`update saved_views set name = 'Mine' where id = $1`, [id]);
    const removed = await client.query('delete from saved_views where id = $1', [id]);
    const forged = client.query(
      `insert into saved_views (resource, name, owner_id, is_shared) values ('deals', 'Forged', $1, true)`,
      [rep.userId],
    );
    await expect(forged).rejects.toThrow(/row-level security/);
    await client.query('rollback');
    expect([changed.rowCount, removed.rowCount]).toEqual([0, 0]);
  });

  it("answer another company's as if they did not exist", async () => {
    const { id } = await save(rep, { is_shared: true });
    const attempts = (view: string) => [
      bob.get(`/api/saved-views/${view}`),
      bob.patch(`/api/saved-views/${view}`, { name: 'Taken' }),
      bob.put(`/api/saved-views/${view}`, { name: 'Taken' }, { 'if-match': '"1"' }),
      bob.delete(`/api/saved-views/${view}`),
    ];
    const answers = await Promise.all(attempts(id));
    const none = await Promise.all(attempts(NOBODY));
    expect(answers.map((a) => a.status)).toEqual(answers.map(() => 404));
    expect(answers.map((a) => a.text)).toEqual(none.map((a) => a.text));
    expect((await bob.get(`/api/saved-views?owner_id=${rep.userId}`)).body.items).toEqual([]);
  });

  it('refuse what is malformed, taken, out of date or not a caller’s to set', async () => {
    const view = await save(rep);
    const again = await rep.post('/api/saved-views', { resource: 'deals', name: view.name });
    expect(again.status).toBe(409);
    expect((await mate.post('/api/saved-views', { resource: 'deals', name: view.name })).status).toBe(201);
    for (const field of [
      { owner_id: mate.userId },
      { company_id: bob.companyId },
      { id: NOBODY },
      { definition: [] },
    ]) {
      expect((await rep.post('/api/saved-views', { resource: 'deals', name: 'X', ...field })).status).toBe(400);
      expect((await rep.patch(`/api/saved-views/${view.id}`, field)).status).toBe(400);
    }
    expect((await rep.patch(`/api/saved-views/${view.id}`, { name: 'A' }, { 'if-match': '"1"' })).status).toBe(200);
    expect((await rep.patch(`/api/saved-views/${view.id}`, { name: 'B' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await world.anonymous.get('/api/saved-views')).status).toBe(401);
  });
});
