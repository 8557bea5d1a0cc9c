import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let rep: Person;

const pick = <T>(values: readonly T[], i: number): T => values[i % values.length] as T;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  rep = await world.person(ada.companyId, 'sales_rep');
  const bob = (await world.company('Sunstone')).admin;
  for (const [who, type] of [
    ['region', 'select'],
    ['seats', 'number'],
    ['likes', 'multi_select'],
  ]) {
    const options = type?.endsWith('select') ? { options: ['north', 'south'] } : {};
    const made = await ada.post('/api/custom-fields/', {
      resource: 'contacts',
      key: who,
      label: who,
      type,
      ...options,
    });
    expect(made.status).toBe(201);
  }
  for (let i = 0; i < 60; i += 1) {
    const person = i % 5 === 0 ? bob : ada;
    const made = await person.post('/api/contacts/', {
      first_name: pick(['Anna', 'anna', 'Émile', '', 'Zoë'], i),
      last_name: pick(['Smith', 'smith', 'Østergård', 'de Vries', "O'Neil", ''], Math.floor(i / 2)),
      email: i % 3 === 0 ? null : `person${i % 7}@example.com`,
      phone: i % 4 === 0 ? null : `+49 30 ${1000 + (i % 9)}`,
      company: pick([null, 'Acme', 'acme', '', 'Übermut'], Math.floor(i / 3)),
      lead_score: i % 4,
      status: pick(['NEW', 'LEAD', 'CUSTOMER'] as const, i),
      source: pick([null, 'website', 'referral'] as const, i),
      tags: pick([[], ['vip'], ['vip', 'eu']], i),
      ...(person === ada && {
        owner_id: pick([ada.userId, rep.userId], i),
        custom_fields: pick([{}, { region: 'north', seats: 3 }, { likes: ['north', 'south'] }], i),
      }),
    });
    expect(made.status).toBe(201);
    if (i % 10 === 4) await person.delete(`/api/contacts/${made.body.id}`);
  }
});

async function pages(person: Person, query: string, limit: number): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = await person.get(`/api/contacts/?limit=${limit}&${query}${cursor && `&cursor=${cursor}`}`);
    expect([page.status, page.text.slice(0, 200)]).toEqual([200, expect.anything()]);
    all.push(...page.body.items);
    cursor = page.body.next_cursor;
  }
  return all;
}

const sorts = [
  'created_at',
  'updated_at',
  'name',
  'email',
  'company',
  'lead_score',
  'status',
  'phone',
  'tags',
  'owner',
];
const filters = {
  search: ['a', 'an', 'anna', 'exam', 'østergård', 'vri', "o'neil", 'anna smith', 'ard'],
  status: ['LEAD'],
  source: ['referral'],
  email: ['PERSON1@example.com'],
  company: ['ACME'],
  last_name: ['SMITH'],
  lead_score_min: ['1'],
  lead_score_max: ['2'],
  created_from: ['2020-01-01'],
  created_to: ['2100-01-01'],
  tag: ['vip'],
  has_email: ['true', 'false'],
  deleted: ['true'],
  'cf.region': ['north'],
  'cf.seats': ['3'],
  'cf.likes': ['south'],
  fields: ['first_name', 'email,company'],
};
const query = fc
  .record(
    {
      sort: fc.constantFrom(...sorts.flatMap((sort) => [sort, `-${sort}`])),
      ...(Object.fromEntries(
        Object.entries(filters).map(([name, values]) => [name, fc.constantFrom(...values)]),
      ) as Record<string, fc.Arbitrary<string>>),
    },
    { requiredKeys: [] },
  )
  // Few parameters at a time, else hardly a contact passes.
  .chain((all) => fc.shuffledSubarray(Object.entries(all), { maxLength: 3 }))
  .map((chosen) => new URLSearchParams(chosen).toString());

describe('the list of contacts', () => {
  it('gives the same rows in the same order however it is cut into pages', { timeout: 120_000 }, async () => {
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(
        query,
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom(ada, rep),
        async (text, limit, person) => {
          const whole = await person.get(`/api/contacts/?limit=200&include_total=true&${text}`);
          expect(whole.status).toBe(200);
          expect(whole.body.next_cursor).toBeNull();
          expect(await pages(person, text, limit)).toEqual(whole.body.items);
          expect(whole.body.total).toBe(whole.body.items.length);
          const second = await person.get(`/api/contacts/?limit=${limit}&page=2&${text}`);
          expect(second.body.items).toEqual(whole.body.items.slice(limit, 2 * limit));
          rows += whole.body.items.length;
        },
      ),
      { numRuns: 120 },
    );
    expect(rows).toBeGreaterThan(200);
  });

  it.each(sorts)('loses no contact when it is sorted by %s', async (sort) => {
    const { total } = (await ada.get('/api/contacts/?limit=1&include_total=true')).body;
    for (const direction of ['', '-']) {
      const ids = (await pages(ada, `sort=${direction}${sort}`, 4)).map(({ id }) => id);
      expect(new Set(ids).size).toBe(total);
      expect(ids.length).toBe(total);
    }
  });

  it('puts contacts without an e-mail address last in both directions', async () => {
    for (const direction of ['', '-']) {
      const emails = (await pages(ada, `sort=${direction}email`, 200)).map(({ email }) => email);
      const first = emails.indexOf(null);
      expect(first).toBeGreaterThan(0);
      expect(emails.slice(first).every((email) => email === null)).toBe(true);
    }
  });

  it.each([
    ['phone', (contact: Record<string, unknown>) => contact.phone],
    ['tags', ({ tags }: Record<string, unknown>) => (tags as string[])[0] ?? null],
  ])('is sorted by %s, those without one last', async (sort, shown) => {
    for (const direction of ['', '-']) {
      const values = (await pages(ada, `sort=${direction}${sort}`, 7)).map(shown);
      const held = values.filter((value) => value !== null);
      expect(held.length).toBeGreaterThan(10);
      expect(values.slice(0, held.length)).toEqual(direction === '' ? [...held].sort() : [...held].sort().reverse());
    }
  });

  it('is sorted by the names of the owners', async () => {
    await rep.put('/api/users/me', { first_name: 'Zed', last_name: 'aardvark' });
    await ada.put('/api/users/me', { first_name: 'Ada', last_name: 'Byron' });
    const owners = (await pages(ada, 'sort=owner', 7)).map(({ owner_id }) => owner_id);
    expect(owners.indexOf(rep.userId)).toBe(0);
    expect(owners.lastIndexOf(rep.userId)).toBeLessThan(owners.indexOf(ada.userId));
  });

  it('answers a filter with what passes it, and nothing else', async () => {
    const all = await pages(ada, '', 200);
    const expected: [string, (contact: Record<string, unknown>) => boolean][] = [
      ['status=LEAD', (c) => c.status === 'LEAD'],
      ['company=ACME', (c) => String(c.company).toLowerCase() === 'acme'],
      ['lead_score_min=1&lead_score_max=2', (c) => c.lead_score === 1 || c.lead_score === 2],
      ['tag=eu', (c) => (c.tags as string[]).includes('eu')],
      ['has_email=false', (c) => c.email === null],
      [`owner_id=${rep.userId}`, (c) => c.owner_id === rep.userId],
      ['cf.seats=3', (c) => (c.custom_fields as { seats?: number }).seats === 3],
      ['cf.likes=south', (c) => (c.custom_fields as { likes?: string[] }).likes?.includes('south') ?? false],
      ['search=ACME&status=NEW', (c) => /acme/i.test(`${c.company}`) && c.status === 'NEW'],
      [`created_from=${new Date(Date.now() + 60_000).toISOString()}`, () => false],
      [`created_to=${new Date().toISOString().slice(0, 10)}`, () => true],
    ];
    for (const [text, passes] of expected) {
      const ids = (await pages(ada, text, 50)).map(({ id }) => id).sort();
      expect([text, ids]).toEqual([
        text,
        all
          .filter(passes)
          .map(({ id }) => id)
          .sort(),
      ]);
    }
  });

  it('has a filter for every field', async () => {
    const values: Record<string, unknown> = {
      first_name: 'Every',
      last_name: 'Field',
      email: 'every@field.example',
      phone: '+49 30 777',
      mobile: '+49 170 777',
      company: 'Fields',
      title: 'Head of 100% _x_',
      type: 'partner',
      department: 'Sales',
      website: 'https://field.example',
      address_line1: '1 Main Street',
      address_line2: 'Back yard',
      city: 'Ghent',
      state: 'East Flanders',
      postal_code: '9000',
      country: 'Belgium',
      status: 'QUALIFIED',
      source: 'linkedin',
      lead_score: 97,
      notes: 'Likes 100% cotton, hates calls',
      linkedin_url: 'https://www.linkedin.com/in/every',
      twitter_handle: '@every',
    };
    const { body } = await ada.post('/api/contacts/', { ...values, tags: ['every'], owner_id: rep.userId });
    const { id, created_at, updated_at } = body;
    const asked = { ...values, tag: 'every', created_from: created_at, updated_from: updated_at, notes: '100% COTTON' };
    for (const [name, value] of Object.entries(asked)) {
      const found = await pages(ada, new URLSearchParams({ [name]: String(value) }).toString(), 50);
      expect([name, found.map((contact) => contact.id)]).toEqual([name, [id]]);
    }
    expect((await pages(ada, 'notes=100_ cotton', 50)).length).toBe(0);
    const untilNow = new URLSearchParams({ updated_to: updated_at, sort: '-updated_at' });
    expect((await pages(ada, untilNow.toString(), 50))[0]).toMatchObject({ id });
    const fields = Object.keys(body).filter((field) => !(field in asked));
    expect(fields.sort()).toEqual(
      [
        'id',
        'owner_id',
        'tags',
        'custom_fields',
        'private_to',
        'deleted_at',
        'created_at',
        'updated_at',
        'version',
      ].sort(),
    );
    await ada.delete(`/api/contacts/${id}`);
  });

  it('gives only the fields that were asked for', async () => {
    const { items } = (await ada.get('/api/contacts/?fields=email,tags&sort=name')).body;
    expect(Object.keys(items[0]).sort()).toEqual(['email', 'id', 'tags']);
  });

  it.each([
    ['an unknown parameter', 'colour=red'],
    ['an unknown field', 'fields=email,company_id'],
    ['an unknown sort', 'sort=search_text'],
    ['a sort that every object has', 'sort=constructor'],
    ['a custom field that nobody defined', 'cf.shoe_size=44'],
    ['a date that is none', 'created_from=2026-02-31'],
    ['a relevance without a search', 'sort=relevance'],
    ['a NUL', 'search=a%00b'],
  ])('refuses %s with 400', async (_, text) => {
    const answer = await ada.get(`/api/contacts/?${text}`);
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('refuses the cursor of another sort order and another company', async () => {
    const { next_cursor } = (await ada.get('/api/contacts/?limit=2&sort=email')).body;
    const other = (await world.company()).admin;
    expect((await ada.get(`/api/contacts/?limit=2&sort=name&cursor=${next_cursor}`)).status).toBe(400);
    expect((await other.get(`/api/contacts/?limit=2&sort=email&cursor=${next_cursor}`)).status).toBe(400);
  });
});
