import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { type ContactGroup, contactGroups } from '../contract.ts';

let world: World;
let ada: Person;
let manager: Person;
let rep: Person;
let bob: Person;

const pick = <T>(values: readonly T[], i: number): T => values[i % values.length] as T;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  manager = await world.person(ada.companyId, 'sales_manager');
  rep = await world.person(ada.companyId, 'sales_rep');
  bob = (await world.company('Sunstone')).admin;
  for (let i = 0; i < 30; i += 1) {
    const contact = {
      first_name: 'Kim',
      last_name: `Number ${i}`,
      status: pick(['NEW', 'LEAD', 'CUSTOMER', 'NEW'] as const, i),
      source: pick([null, 'website', 'referral'] as const, i),
      company: pick([null, 'Acme', 'acme', '', 'Übermut'], i),
      email: i % 3 === 0 ? null : `kim${i}@example.com`,
      lead_score: i % 4,
    };
    const owner = { owner_id: pick([ada.userId, rep.userId], i) };
    expect((await ada.post('/api/contacts', { ...contact, ...owner })).status).toBe(201);
    if (i % 3 === 0) await bob.post('/api/contacts', { ...contact, company: 'Canary' });
  }
  const { id } = (await ada.post('/api/contacts', { first_name: 'Gone', last_name: 'Kim', company: 'Gone' })).body;
  await ada.delete(`/api/contacts/${id}`);
});

type Row = { id: string } & Record<ContactGroup, string | null>;
const groupsOf = async (person: Person, by: ContactGroup, more = '') =>
  (await person.get(`/api/contacts/groups?by=${by}${more}`)).body as {
    items: { value: string | null; count: number }[];
    total: number;
  };
const folded = (value: string | null) => (value ? value.toLowerCase() : null);

describe('the groups of a list', () => {
  it.each(contactGroups)('by %s count what the list has, in its order, whatever it is sorted by', async (by) => {
    const { items, total } = await groupsOf(ada, by);
    expect(total).toBe(30);
    for (const sort of ['name', '-name', '-created_at', 'email', '-email', 'company', '-lead_score', 'status']) {
      const { body } = await ada.get(`/api/contacts?limit=200&group=${by}&sort=${sort}`);
      const runs: { value: string | null; count: number }[] = [];
      for (const row of body.items as Row[]) {
        const value = folded(row[by]);
        const last = runs.at(-1);
        if (last && last.value === value) last.count += 1;
        else runs.push({ value, count: 1 });
      }
      const expected = items.map(({ value, count }) => ({ value: folded(value), count }));
      expect([sort, sort.startsWith('-') ? runs.reverse() : runs]).toEqual([sort, expected]);
    }
  });

  it('have their rows sorted within, what is empty last, and are paged by cursor without loss', async () => {
    for (const sort of ['email', '-email', 'name', '-created_at']) {
      const whole = (await ada.get(`/api/contacts?limit=200&group=status&sort=${sort}`)).body.items as Row[];
      const leads = whole.filter(({ status }) => status === 'LEAD');
      const alone = (await ada.get(`/api/contacts?limit=200&status=LEAD&sort=${sort}`)).body.items as Row[];
      expect([sort, leads.map(({ id }) => id)]).toEqual([sort, alone.map(({ id }) => id)]);
      const paged: Row[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { body } = await ada.get(`/api/contacts?limit=4&group=status&sort=${sort}${cursor}`);
        paged.push(...body.items);
        cursor = body.next_cursor && `&cursor=${encodeURIComponent(body.next_cursor)}`;
      }
      expect(paged.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    }
  });

  it('are of the contacts that pass the same filters, searches and conditions as the list', async () => {
    const filter = encodeURIComponent(JSON.stringify({ all: [{ field: 'source', op: 'in', value: ['website'] }] }));
    for (const more of [
      '&source=website',
      `&filter=${filter}`,
      '&search=number%201',
      '&lead_score_min=2',
      '&status=NEW',
    ])
      for (const by of contactGroups) {
        const { items, total } = await groupsOf(ada, by, more);
        const listed = (await ada.get(`/api/contacts?include_total=true&group=${by}${more}`)).body;
        expect([more, total]).toEqual([more, listed.total]);
        expect(items.reduce((sum, { count }) => sum + count, 0)).toBe(total);
      }
    expect(await groupsOf(ada, 'status', '&search=nobody')).toEqual({ items: [], total: 0 });
  });

  it('never count what the caller does not see: a rep their own, a manager their team’s, a company its own', async () => {
    expect(await groupsOf(rep, 'owner_id')).toEqual({ items: [{ value: rep.userId, count: 15 }], total: 15 });
    expect((await groupsOf(manager, 'status')).total).toBe(0);
    expect((await groupsOf(ada, 'company')).items.map(({ value }) => value)).not.toContain('Canary');
    expect(await groupsOf(bob, 'company')).toEqual({ items: [{ value: 'Canary', count: 10 }], total: 10 });
    expect((await groupsOf(bob, 'owner_id', `&owner_id=${ada.userId}`)).total).toBe(0);
  });

  it('refuse what is no field to group by, and callers who are not logged in', async () => {
    for (const query of ['', 'by=email', 'by=status&sort=name', 'by=status&filter=%7B', 'by=status&cf.none=1']) {
      expect([query, (await ada.get(`/api/contacts/groups?${query}`)).status]).toEqual([query, 400]);
    }
    expect((await ada.get('/api/contacts?group=custom_fields')).status).toBe(400);
    expect((await world.anonymous.get('/api/contacts/groups?by=status')).status).toBe(401);
  });
});
