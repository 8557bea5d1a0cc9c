import { beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../server/platform/events.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let manager: Person;
let seller: Person;
let outsider: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  manager = await world.person(ada.companyId, 'sales_manager');
  seller = await world.person(ada.companyId, 'sales_rep');
  outsider = await world.person(ada.companyId, 'sales_rep');
  const team = await world.admin.query("insert into teams (company_id, name) values ($1, 'North') returning id", [
    ada.companyId,
  ]);
  for (const { userId } of [manager, seller]) {
    await world.admin.query('insert into team_members (company_id, team_id, user_id) values ($1, $2, $3)', [
      ada.companyId,
      team.rows[0].id,
      userId,
    ]);
  }
  world.app.sessions.forget();
  for (const [person, last_name] of [
    [ada, 'Admin'],
    [manager, 'Manager'],
    [seller, 'Seller'],
    [outsider, 'Outsider'],
  ] as const) {
    const fields = { first_name: 'Same', last_name, email: 'same@example.com', phone: '+1 555 0100 100', tags: ['t'] };
    expect((await person.post('/api/contacts/', fields)).status).toBe(201);
  }
});

const seenBy: [string, () => Person, string[]][] = [
  ['an admin', () => ada, ['Admin', 'Manager', 'Outsider', 'Seller']],
  ['a manager', () => manager, ['Manager', 'Seller']],
  ['a rep', () => seller, ['Seller']],
];

describe.each(seenBy)('%s', (_, person, expected) => {
  const names = (items: { last_name: string }[]) => items.map(({ last_name }) => last_name).sort();

  it('sees the records of their own, of their team, or all, by every way there is', async () => {
    for (const query of ['', 'search=same', 'search=s', 'sort=email', 'tag=t', 'has_email=true', 'fields=last_name']) {
      expect([query, names((await person().get(`/api/contacts/?${query}`)).body.items)]).toEqual([query, expected]);
    }
    const summary = (await person().get('/api/contacts/stats/summary')).body;
    expect([summary.total, summary.by_owner.length]).toEqual([expected.length, expected.length]);
    const groups = (await person().get('/api/contacts/groups?by=owner_id')).body;
    expect([groups.total, groups.items.length]).toEqual([expected.length, expected.length]);
    const csv = (await person().get('/api/contacts/export')).text;
    for (const name of ['Admin', 'Manager', 'Seller', 'Outsider'])
      expect(csv.includes(name)).toBe(expected.includes(name));
    for (const by of ['email', 'phone']) {
      const { items } = (await person().get(`/api/contacts/duplicates?by=${by}`)).body;
      expect(names(items[0]?.contacts ?? [])).toEqual(expected.length > 1 ? expected : []);
    }
    expect((await person().get('/api/tags/')).body.items[0].contact_count).toBe(expected.length);
  });
});

it('holds in the search function by itself: nothing else filters what it counts against its bound', async () => {
  const { companyId, userId } = seller;
  const other = await world.company();
  await other.admin.post('/api/contacts/', { first_name: 'Same', last_name: 'Other' });
  for (const term of ['same', 'ame@exa', 's']) {
    const mine = world.door.asCompany({ companyId, userId, owners: [userId] });
    expect([term, (await mine.gate('search_contacts', [term])).length]).toEqual([term, 1]);
    const all = world.door.asCompany({ companyId, userId, owners: '*' });
    expect([term, (await all.gate('search_contacts', [term])).length]).toEqual([term, 4]);
  }
});

describe('a change', () => {
  it('is told to others once it is committed, with whose record it is; a refused one is not', async () => {
    const heard: Change[] = [];
    const stop = world.app.events.subscribe((change) => heard.push(change as Change));
    const { id } = (await seller.post('/api/contacts/', { first_name: 'A', last_name: 'B', private_to: seller.userId }))
      .body;
    await seller.patch(`/api/contacts/${id}`, { title: 'CEO' });
    await seller.patch(`/api/contacts/${id}`, { owner_id: ada.userId });
    await outsider.patch(`/api/contacts/${id}`, { title: 'CTO' });
    await seller.delete(`/api/contacts/${id}`);
    await seller.post(`/api/contacts/${id}/restore`);
    await seller.post('/api/contacts/bulk', {
      ids: [id, '01900000-0000-7000-8000-000000000000'],
      change: { status: 'LEAD' },
    });
    await seller.post('/api/contacts/bulk', { ids: [id], change: { status: 'LEAD' } });
    stop();
    const about = { companyId: ada.companyId, table: 'contacts', id, ownerId: seller.userId, privateTo: seller.userId };
    expect(heard).toEqual(
      ['created', 'updated', 'deleted', 'created', 'updated'].map((action) => ({ ...about, action })),
    );
  });

  it('hands a record only to somebody whose records the giver sees', async () => {
    const { id } = (await manager.post('/api/contacts/', { first_name: 'A', last_name: 'B' })).body;
    expect((await manager.patch(`/api/contacts/${id}`, { owner_id: outsider.userId })).status).toBe(403);
    expect((await manager.patch(`/api/contacts/${id}`, { owner_id: seller.userId })).status).toBe(200);
  });
});
