import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let bob: Person;
let rep: Person;

const people = [
  { first_name: 'Grace', last_name: 'Hopper', email: 'grace@example.com', company: 'Navy', phone: '+49 170 1234567' },
  { first_name: 'Grace', last_name: 'Hoper', email: 'GRACE@example.com', company: 'US Navy', mobile: '0170/1234567' },
  { first_name: 'G.', last_name: 'Murray', email: 'grace@EXAMPLE.com' },
  { first_name: 'Alan', last_name: 'Turing', email: 'alan@example.com', phone: '123' },
  { first_name: 'Allan', last_name: 'Turing', email: 'alan@other.example', phone: '123' },
  { first_name: 'Alan', last_name: 'Turing', email: null, company: 'Bletchley' },
  { first_name: 'Edsger', last_name: 'Dijkstra', email: 'e@example.com', phone: '(555) 010-9999' },
  { first_name: 'Barbara', last_name: 'Liskov', email: 'b@example.com', phone: '+1 555 010 9999' },
];

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  rep = await world.person(ada.companyId, 'sales_rep');
  for (const person of people) await ada.post('/api/contacts/', person);
  await bob.post('/api/contacts/', people[0]);
});

interface Group {
  reason: string;
  count: number;
  contacts: Record<string, string>[];
}
async function groups(person: Person, by: string, limit = 50): Promise<Group[]> {
  const all: Group[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = await person.get(`/api/contacts/duplicates?by=${by}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
    expect(page.status).toBe(200);
    all.push(...page.body.items);
    cursor = page.body.next_cursor;
  }
  return all;
}
const names = (found: Group[]) =>
  found.map(({ contacts }) => contacts.map((c) => `${c.first_name} ${c.last_name}`).sort());

describe('duplicates', () => {
  it('are found by e-mail address, whatever its case', async () => {
    const found = await groups(ada, 'email');
    expect(names(found)).toEqual([['G. Murray', 'Grace Hoper', 'Grace Hopper']]);
    expect(found[0]).toMatchObject({ reason: 'email', count: 3 });
  });

  it('are found by telephone, however it was written and in whichever field', async () => {
    expect(names(await groups(ada, 'phone'))).toEqual([
      ['Barbara Liskov', 'Edsger Dijkstra'],
      ['Grace Hoper', 'Grace Hopper'],
    ]);
  });

  it('are found by a similar name at a similar company', async () => {
    expect(names(await groups(ada, 'name')).sort()).toEqual([
      ['Alan Turing', 'Alan Turing', 'Allan Turing'],
      ['Grace Hoper', 'Grace Hopper'],
    ]);
  });

  it('are the caller’s own to see, and never another company’s', async () => {
    for (const by of ['email', 'phone', 'name']) {
      expect(await groups(bob, by)).toEqual([]);
      expect(await groups(rep, by)).toEqual([]);
    }
    const { next_cursor } = (await ada.get('/api/contacts/duplicates?by=phone&limit=1')).body;
    expect((await ada.get(`/api/contacts/duplicates?by=phone&cursor=${next_cursor}`)).status).toBe(200);
    expect((await bob.get(`/api/contacts/duplicates?by=phone&cursor=${next_cursor}`)).status).toBe(400);
    expect((await ada.get('/api/contacts/duplicates?by=shoe_size')).status).toBe(400);
    expect((await world.anonymous.get('/api/contacts/duplicates')).status).toBe(401);
  });

  it('are all found, once each, across the bounds of what one request looks through', { timeout: 60_000 }, async () => {
    const { id, admin } = await world.company();
    // Each address, and each telephone, occurs twice: 12,000 contacts, more than two windows.
    await world.admin.query(
      `insert into contacts (company_id, owner_id, first_name, last_name, email, phone)
       select $1, $2, 'P', md5(i::text), 'p' || i % 6000 || '@example.com', (1000000 + i % 6000)::text
       from generate_series(1, 12000) i`,
      [id, admin.userId],
    );
    await world.admin.query(
      `insert into contacts (company_id, owner_id, first_name, last_name, email)
       select $1, $2, 'Q', md5('q' || i), 'all@example.com' from generate_series(1, 5100) i`,
      [id, admin.userId],
    );
    for (const [by, expected] of [
      ['email', 6_001],
      ['phone', 6_000],
    ] as const) {
      const seen = await groups(admin, by, 100);
      const keys = seen.map(({ contacts }) => contacts.map((c) => c.id).join());
      expect([by, new Set(keys).size, keys.length]).toEqual([by, expected, expected]);
    }
    const page = await admin.get('/api/contacts/duplicates?by=name');
    expect(page.body.next_cursor).not.toBeNull();
  });
});

describe('contacts alike', () => {
  const alike = async (person: Person, query: Record<string, string>) =>
    (await person.get(`/api/contacts/alike?${new URLSearchParams(query)}`)).body.items.map(
      (each: Record<string, string>) => `${each.first_name} ${each.last_name}`,
    );

  it('are found by address and by telephone, however they are written', async () => {
    expect(await alike(ada, { email: 'Grace@Example.com' })).toEqual(['Grace Hopper', 'Grace Hoper', 'G. Murray']);
    expect(await alike(ada, { phone: '0170 1234567' })).toEqual(['Grace Hopper', 'Grace Hoper']);
    expect(await alike(ada, { email: 'alan@example.com', phone: '+1 555 0109999' })).toEqual([
      'Alan Turing',
      'Edsger Dijkstra',
      'Barbara Liskov',
    ]);
    // Three digits are no telephone number.
    expect(await alike(ada, { phone: '123' })).toEqual([]);
    expect(await alike(ada, {})).toEqual([]);
  });

  it('are only those that one sees', async () => {
    expect(await alike(bob, { email: 'alan@example.com' })).toEqual([]);
    expect(await alike(rep, { email: 'alan@example.com' })).toEqual([]);
    expect((await world.anonymous.get('/api/contacts/alike?email=x')).status).toBe(401);
    expect((await ada.get('/api/contacts/alike?name=x')).status).toBe(400);
  });
});
