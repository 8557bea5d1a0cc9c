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

const define = (person: Person, key: string, type: string, more = {}) =>
  person.post('/api/custom-fields/', { resource: 'contacts', key, label: key, type, ...more });
const contact = (person: Person, custom_fields?: unknown) =>
  person.post('/api/contacts/', {
    first_name: 'A',
    last_name: 'B',
    ...(custom_fields === undefined ? {} : { custom_fields }),
  });

const good: Record<string, [value: unknown, wrong: unknown]> = {
  text: ['a', 1],
  number: [1.5, '1.5'],
  date: ['2024-02-29', '2023-02-29'],
  boolean: [false, 'false'],
  select: ['north', 'east'],
  multi_select: [
    ['north', 'south'],
    ['north', 'north'],
  ],
  url: ['https://example.com/a?b', 'javascript:alert(1)'],
  email: ['a@example.com', 'a@b'],
  phone: ['+49 (170) 123-456', 'call me'],
  money: ['1250.00', '1.234'],
};

describe('custom fields', () => {
  it('take values of their type, and refuse all others by name', async () => {
    for (const type of Object.keys(good)) {
      const options = type.endsWith('select') ? { options: ['north', 'south'] } : {};
      expect((await define(ada, `a_${type}`, type, options)).status).toBe(201);
    }
    const values = Object.fromEntries(Object.entries(good).map(([type, [value]]) => [`a_${type}`, value]));
    const made = await contact(ada, values);
    expect([made.status, made.body.custom_fields]).toEqual([201, values]);
    for (const [type, [, wrong]] of Object.entries(good)) {
      for (const bad of [wrong, { a: 1 }, [null], 'x\0']) {
        const answer = await contact(ada, { [`a_${type}`]: bad });
        expect([type, answer.status, answer.body.errors]).toEqual([
          type,
          400,
          [expect.objectContaining({ field: `custom_fields.a_${type}` })],
        ]);
      }
    }
  });

  it('that nobody defined are refused, another company’s among them', async () => {
    await define(ada, 'only_ada', 'text');
    for (const key of ['only_ada', 'company_id', '__proto__', 'constructor', 'x'.repeat(300)]) {
      const answer = await bob.call({
        method: 'POST',
        url: '/api/contacts/',
        headers: { 'content-type': 'application/json' },
        payload: `{"first_name":"A","last_name":"B","custom_fields":{"${key}":"x"}}`,
      });
      expect([key, answer.status]).toEqual([key, 400]);
    }
    expect((await bob.get('/api/contacts/?cf.only_ada=x')).status).toBe(400);
    expect((await ada.get('/api/contacts/?cf.only_ada=x')).status).toBe(200);
  });

  it('are laid over the stored ones by a change; null takes one away', async () => {
    const { id } = (await contact(ada, { a_text: 'one', a_number: 1 })).body;
    const changed = await ada.patch(`/api/contacts/${id}`, { custom_fields: { a_number: null, a_boolean: true } });
    expect(changed.body.custom_fields).toEqual({ a_text: 'one', a_boolean: true });
    expect((await ada.patch(`/api/contacts/${id}`, { custom_fields: { a_number: 'x' } })).status).toBe(400);
  });

  it('that are required must be there when a record is made, and stay', async () => {
    const { admin } = await world.company();
    await define(admin, 'vat', 'text', { is_required: true });
    const answer = await contact(admin);
    expect([answer.status, answer.body.errors[0]]).toEqual([
      400,
      expect.objectContaining({ field: 'custom_fields.vat', code: 'required' }),
    ]);
    expect((await contact(admin, { vat: null })).status).toBe(400);
    const { id } = (await contact(admin, { vat: 'DE1' })).body;
    expect((await admin.patch(`/api/contacts/${id}`, { custom_fields: { vat: null } })).status).toBe(400);
    expect((await admin.patch(`/api/contacts/${id}`, { title: 'CEO' })).status).toBe(200);
  });

  it('keep their values when they are deleted and made again', async () => {
    const { body } = await define(ada, 'shoe', 'number');
    const { id } = (await contact(ada, { shoe: 44 })).body;
    expect((await ada.delete(`/api/custom-fields/${body.id}`)).status).toBe(204);
    expect((await ada.get(`/api/custom-fields/${body.id}`)).status).toBe(404);
    expect((await contact(ada, { shoe: 44 })).status).toBe(400);
    expect((await define(ada, 'shoe', 'text')).status).toBe(409);
    expect((await define(ada, 'shoe', 'number', { label: 'Shoe size' })).body).toMatchObject({ label: 'Shoe size' });
    expect((await define(ada, 'shoe', 'number')).status).toBe(409);
    expect((await ada.get('/api/contacts/?cf.shoe=44')).body.items.map((c: { id: string }) => c.id)).toEqual([id]);
  });

  it('change their label, options and order, and neither key nor type', async () => {
    const { body } = await define(ada, 'size', 'select', { options: ['s'] });
    const url = `/api/custom-fields/${body.id}`;
    const changed = await ada.patch(url, { options: ['s', 'm'], order_index: 3 }, { 'if-match': '"1"' });
    expect(changed.body).toMatchObject({ options: ['s', 'm'], order_index: 3, version: 2 });
    expect((await ada.patch(url, { label: 'x' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await contact(ada, { size: 'm' })).status).toBe(201);
    for (const bad of [{ key: 'x' }, { type: 'text' }, { options: [] }, {}]) {
      expect((await ada.patch(url, bad)).status).toBe(400);
    }
  });

  it("answer another company's as ones that do not exist", async () => {
    const { body } = await define(ada, 'hidden', 'text');
    const none = await bob.get('/api/custom-fields/01900000-0000-7000-8000-000000000000');
    for (const answer of [
      await bob.get(`/api/custom-fields/${body.id}`),
      await bob.patch(`/api/custom-fields/${body.id}`, { label: 'taken' }),
      await bob.delete(`/api/custom-fields/${body.id}`),
    ]) {
      expect([answer.status, answer.text]).toEqual([404, none.text]);
    }
    expect((await ada.get(`/api/custom-fields/${body.id}`)).body).toEqual(body);
    expect((await bob.get('/api/custom-fields/')).body.items).toEqual([]);
  });

  it('are defined by admins, and seen by members', async () => {
    expect((await define(rep, 'mine', 'text')).status).toBe(403);
    expect((await rep.get('/api/custom-fields/?resource=contacts')).body.items.length).toBeGreaterThan(5);
    expect((await rep.get('/api/custom-fields/?resource=deals')).body.items).toEqual([]);
    expect((await world.anonymous.get('/api/custom-fields/')).status).toBe(401);
    for (const bad of [{ key: 'Bad Key' }, { type: 'blob' }, { resource: 'users' }, { options: ['a'] }]) {
      expect((await define(ada, 'ok_key', 'text', bad)).status).toBe(400);
    }
    expect((await define(ada, 'no_options', 'select')).status).toBe(400);
  });

  it('are put in order all at once, or not at all', async () => {
    const resource = 'deals';
    const made = [];
    for (const key of ['one', 'two', 'three']) made.push((await define(ada, key, 'text', { resource })).body.id);
    const order = [made[2], made[0], made[1]];
    const put = (person: Person, ids: string[]) => person.put('/api/custom-fields/order', { resource, ids });
    expect((await put(ada, order)).body.items.map(({ id }: { id: string }) => id)).toEqual(order);
    expect((await put(ada, made.slice(1))).status).toBe(409);
    expect((await put(bob, order)).status).toBe(409);
    expect((await put(rep, made)).status).toBe(403);
    expect((await ada.put('/api/custom-fields/order', { resource })).status).toBe(400);
    expect((await world.anonymous.put('/api/custom-fields/order', { resource, ids: order })).status).toBe(401);
    const { items } = (await ada.get('/api/custom-fields?resource=deals')).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual(order);
  });
});
