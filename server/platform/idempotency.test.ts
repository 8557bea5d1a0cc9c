import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWorld, type Person, type World } from '../../test/harness.ts';

let world: World;
let ada: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company()).admin;
});

const contact = { first_name: 'Grace', last_name: 'Hopper' };

it('makes one contact of a create that is sent twice, and answers both alike', async () => {
  const headers = { 'idempotency-key': 'a1' };
  const first = await ada.post('/api/contacts', contact, headers);
  const second = await ada.post('/api/contacts', contact, headers);
  expect(second.status).toBe(201);
  expect(second.body).toEqual(first.body);
  expect(second.headers['idempotency-replayed']).toBe('true');
  expect((await ada.get('/api/contacts')).body.items).toHaveLength(1);
});

it('makes one contact of two creates sent at the same time', async () => {
  const { admin } = await world.company();
  const headers = { 'idempotency-key': 'b1' };
  const answers = await Promise.all([1, 2, 3].map(() => admin.post('/api/contacts', contact, headers)));
  expect(answers.map(({ status }) => status).sort()).toContain(201);
  expect((await admin.get('/api/contacts')).body.items).toHaveLength(1);
});

it('refuses a key that was used for another request', async () => {
  const headers = { 'idempotency-key': 'c1' };
  await ada.post('/api/contacts', contact, headers);
  expect((await ada.post('/api/contacts', { ...contact, title: 'Admiral' }, headers)).status).toBe(409);
});

it('keeps keys apart by company and by user', async () => {
  const headers = { 'idempotency-key': 'd1' };
  const bob = (await world.company()).admin;
  const rep = await world.person(ada.companyId);
  const ids = [];
  for (const person of [ada, bob, rep]) ids.push((await person.post('/api/contacts', contact, headers)).body.id);
  expect(new Set(ids).size).toBe(3);
});

it('lets a refused request be repeated with its answer, and changes nothing', async () => {
  const headers = { 'idempotency-key': 'e1' };
  expect((await ada.post('/api/contacts', { first_name: 1 }, headers)).status).toBe(400);
  expect((await ada.post('/api/contacts', contact, headers)).status).toBe(201);
});

it('keeps nothing of a request whose answer is a secret', async () => {
  const { admin, id } = await world.company();
  const headers = { 'idempotency-key': 'secret' };
  const first = await admin.post('/api/api-keys', { name: 'ERP' }, headers);
  expect(first.status).toBe(201);
  expect((await admin.post('/api/api-keys', { name: 'ERP' }, headers)).body.id).not.toBe(first.body.id);
  const kept = await world.admin.query('select * from idempotency_keys where company_id = $1', [id]);
  expect(kept.rows).toEqual([]);
});

describe('a request that was cut off', () => {
  const contactsOf = async (companyId: string) =>
    (await world.admin.query('select id from contacts where company_id = $1', [companyId])).rows;
  const keyIs = (state: string, companyId: string) =>
    world.admin.query(`update idempotency_keys set ${state} where company_id = $1`, [companyId]);
  const headers = { 'idempotency-key': 'cut' };
  let eve: Person;
  beforeEach(async () => {
    eve = (await world.company()).admin;
  });

  it('after it took effect is answered, when it is repeated, with what it made', async () => {
    const { body } = await eve.post('/api/contacts', contact, headers);
    await keyIs('status = null, response = null', eve.companyId);
    const again = await eve.post('/api/contacts', contact, headers);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await contactsOf(eve.companyId)).toEqual([{ id: body.id }]);
  });

  it('after it took effect, in a way that no record shows, is not run again', async () => {
    const { body } = await eve.post('/api/contacts', contact);
    const change = { ids: [body.id], change: { title: 'Admiral' } };
    expect((await eve.post('/api/contacts/bulk', change, headers)).status).toBe(200);
    await keyIs('status = null, response = null', eve.companyId);
    const again = await eve.post('/api/contacts/bulk', change, headers);
    expect(again.status).toBe(409);
    expect(again.body.detail).toContain('took effect');
  });

  it('before it took effect is run by its repetition, once it had time to end', async () => {
    await eve.post('/api/contacts', contact, headers);
    await world.admin.query('delete from contacts where company_id = $1', [eve.companyId]);
    await keyIs('status = null, response = null, settled_at = null, made_id = null', eve.companyId);
    const early = await eve.post('/api/contacts', contact, headers);
    expect(early.status).toBe(409);
    expect(early.headers['retry-after']).toBe('5');
    await keyIs(`created_at = now() - interval '6 seconds'`, eve.companyId);
    expect((await eve.post('/api/contacts', contact, headers)).status).toBe(201);
    expect(await contactsOf(eve.companyId)).toHaveLength(1);
  });

  it('takes no effect any more when its statement comes after its repetition', async () => {
    await world.admin.query('begin; lock table contacts in share mode');
    const late = eve.post('/api/contacts', contact, headers);
    await vi.waitFor(async () => {
      const { rowCount } = await world.admin.query(
        `select from pg_locks where not granted and relation = 'contacts'::regclass`,
      );
      expect(rowCount).toBe(1);
    });
    await keyIs(`created_at = now() - interval '6 seconds'`, eve.companyId);
    await world.admin.query('delete from idempotency_keys where company_id = $1', [eve.companyId]);
    await world.admin.query('commit');
    expect((await late).status).toBe(409);
    expect(await contactsOf(eve.companyId)).toEqual([]);
    expect((await eve.post('/api/contacts', contact, headers)).status).toBe(201);
  });
});
