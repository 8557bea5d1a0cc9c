import { beforeAll, expect, it } from 'vitest';
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
