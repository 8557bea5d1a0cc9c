import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import type { Filter } from '../conditions.ts';

let world: World;
let ada: Person;
let rep: Person;
let bob: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  rep = await world.person(ada.companyId, 'sales_rep');
  bob = (await world.company('Sunstone')).admin;
  const fields = [
    { key: 'seats', type: 'number' },
    { key: 'price', type: 'money' },
    { key: 'renews', type: 'date' },
    { key: 'vip', type: 'boolean' },
    { key: 'likes', type: 'multi_select', options: ['tea', 'coffee'] },
    { key: 'region', type: 'select', options: ['north', 'south'] },
  ];
  for (const field of fields) {
    await ada.post('/api/custom-fields', { resource: 'contacts', label: field.key, ...field });
  }
  const people = [
    { first_name: 'Anna', last_name: 'Berg', city: 'Berlin', status: 'LEAD', lead_score: 10, tags: ['vip'] },
    { first_name: 'Bela', last_name: 'Kun', city: 'Budapest', status: 'CUSTOMER', lead_score: 20, email: 'b@x.com' },
    { first_name: 'Cleo', last_name: '100%', status: 'NEW', owner_id: rep.userId, source: 'referral' },
    {
      first_name: 'Dora',
      last_name: 'Fields',
      custom_fields: { seats: 3, price: '12.50', renews: '2026-05-01', vip: true, likes: ['tea'], region: 'north' },
    },
  ];
  for (const person of people) expect((await ada.post('/api/contacts', person)).status).toBe(201);
  await bob.post('/api/contacts', { first_name: 'Eve', last_name: 'Theirs', city: 'Berlin' });
});

const list = (person: Person, filter: Filter | string, more = '') =>
  person.get(
    `/api/contacts?sort=name&include_total=true${more}&filter=${encodeURIComponent(
      typeof filter === 'string' ? filter : JSON.stringify(filter),
    )}`,
  );
const names = async (person: Person, filter: Filter, more?: string) => {
  const { body, status } = await list(person, filter, more);
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.total).toBe(body.items.length);
  return body.items.map((contact: { first_name: string }) => contact.first_name).sort();
};

describe('the filter of the contact list', () => {
  it.each<[Filter, string[]]>([
    [{ field: 'city', op: 'contains', value: 'B' }, ['Anna', 'Bela']],
    [{ field: 'city', op: 'is', value: 'bERLIN' }, ['Anna']],
    [{ field: 'city', op: 'is_not', value: 'berlin' }, ['Bela', 'Cleo', 'Dora']],
    [{ field: 'city', op: 'empty' }, ['Cleo', 'Dora']],
    [{ field: 'last_name', op: 'contains', value: '0%' }, ['Cleo']],
    [{ field: 'last_name', op: 'is', value: 'kun' }, ['Bela']],
    [{ field: 'email', op: 'filled' }, ['Bela']],
    [{ field: 'status', op: 'in', value: ['LEAD', 'CUSTOMER'] }, ['Anna', 'Bela']],
    [{ field: 'source', op: 'not_in', value: ['referral'] }, ['Anna', 'Bela', 'Dora']],
    [{ field: 'lead_score', op: 'at_least', value: 20 }, ['Bela']],
    [{ field: 'lead_score', op: 'at_most', value: 10 }, ['Anna', 'Cleo', 'Dora']],
    [{ field: 'tags', op: 'has', value: 'vip' }, ['Anna']],
    [{ field: 'tags', op: 'has_not', value: 'vip' }, ['Bela', 'Cleo', 'Dora']],
    [{ field: 'tags', op: 'empty' }, ['Bela', 'Cleo', 'Dora']],
    [{ field: 'created_at', op: 'within_days', value: 1 }, ['Anna', 'Bela', 'Cleo', 'Dora']],
    [{ field: 'created_at', op: 'to', value: '2001-01-01' }, []],
    [{ field: 'cf.seats', op: 'at_least', value: 3 }, ['Dora']],
    [{ field: 'cf.price', op: 'at_most', value: 12.5 }, ['Dora']],
    [{ field: 'cf.renews', op: 'from', value: '2026-05-01' }, ['Dora']],
    [{ field: 'cf.renews', op: 'to', value: '2026-04-30' }, []],
    [{ field: 'cf.vip', op: 'is', value: true }, ['Dora']],
    [{ field: 'cf.likes', op: 'has', value: 'tea' }, ['Dora']],
    [{ field: 'cf.likes', op: 'has_not', value: 'tea' }, ['Anna', 'Bela', 'Cleo']],
    [{ field: 'cf.region', op: 'in', value: ['north', 'south'] }, ['Dora']],
    [{ field: 'cf.region', op: 'empty' }, ['Anna', 'Bela', 'Cleo']],
    [{ all: [] }, ['Anna', 'Bela', 'Cleo', 'Dora']],
  ])('%j finds %j', async (filter, expected) => {
    expect(await names(ada, filter)).toEqual(expected);
  });

  it('joins with and and or, nested, and with the other filters', async () => {
    const berlin: Filter = { field: 'city', op: 'is', value: 'Berlin' };
    const customer: Filter = { field: 'status', op: 'in', value: ['CUSTOMER'] };
    const low: Filter = { field: 'lead_score', op: 'at_most', value: 10 };
    expect(await names(ada, { any: [berlin, customer] })).toEqual(['Anna', 'Bela']);
    expect(await names(ada, { all: [low, { any: [berlin, customer] }] })).toEqual(['Anna']);
    expect(await names(ada, { any: [berlin, customer] }, '&status=CUSTOMER')).toEqual(['Bela']);
    expect(await names(ada, { any: [berlin, customer] }, '&search=berg')).toEqual(['Anna']);
  });

  it('never widens what one sees: another company, or a colleague’s contacts', async () => {
    expect(await names(bob, { any: [{ field: 'city', op: 'filled' }, { all: [] }] })).toEqual(['Eve']);
    expect(await names(rep, { any: [{ field: 'city', op: 'filled' }, { all: [] }] })).toEqual(['Cleo']);
  });

  it.each([
    'nonsense',
    '[]',
    '{"all":{}}',
    '{"field":"company_id","op":"is","value":"x"}',
    '{"field":"search_text","op":"contains","value":"x"}',
    '{"field":"cf.unknown","op":"empty"}',
    '{"field":"constructor","op":"empty"}',
    '{"field":"status","op":"in","value":[]}',
    '{"field":"owner_id","op":"in","value":["me"]}',
    '{"field":"created_at","op":"from","value":"2026-02-31"}',
    '{"field":"lead_score","op":"contains","value":"1"}',
    `${'{"all":['.repeat(6)}${']}'.repeat(6)}`,
    JSON.stringify({ any: Array.from({ length: 60 }, () => ({ field: 'city', op: 'empty' })) }),
  ])('answers 400 for %s', async (filter) => {
    const { status, body } = await list(ada, filter);
    expect([status, body.errors?.[0]?.field]).toEqual([400, 'filter']);
  });

  it('is taken by the export too', async () => {
    const filter = encodeURIComponent(JSON.stringify({ field: 'city', op: 'is', value: 'Berlin' }));
    const { text } = await ada.get(`/api/contacts/export?filter=${filter}`);
    expect(text).toContain('Anna');
    expect(text).not.toContain('Bela');
  });
});
