import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let bob: Person;
let rep: Person;
const people: Record<string, string>[] = [
  { first_name: 'Grace', last_name: 'Hopper', email: 'grace@navy.example', company: 'US Navy', phone: '+1 555 0100' },
  { first_name: 'José', last_name: 'García', email: 'jose@example.es', company: 'Café Ömür' },
  { first_name: 'Ada', last_name: 'Byron-Lovelace', email: 'ada_l%1@example.com' },
  { first_name: '小明', last_name: '王', company: '株式会社' },
  { first_name: "Conan 'Co'", last_name: "O'Brien", company: 'Back\\slash "quoted"' },
  { first_name: 'Bo', last_name: 'Li', email: 'boli@example.com' },
  { first_name: 'Lilly', last_name: 'Bo', company: '50% off_all' },
];

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  rep = await world.person(ada.companyId, 'sales_rep');
  for (const person of people) {
    expect((await ada.post('/api/contacts/', person)).status).toBe(201);
    await bob.post('/api/contacts/', { ...person, title: 'of Sunstone' });
  }
});

const search = async (person: Person, term: string, more = ''): Promise<Record<string, string>[]> => {
  const answer = await person.get(`/api/contacts/?limit=200&search=${encodeURIComponent(term)}${more}`);
  expect([term, answer.status]).toEqual([term, 200]);
  return answer.body.items;
};
const lastNames = async (term: string) => (await search(ada, term)).map(({ last_name }) => last_name);

describe('searching contacts', () => {
  it.each([
    ['grace hop', ['Hopper']],
    ['HOPPER grace', ['Hopper']],
    ['navy.ex', ['Hopper']],
    ['555 0100', ['Hopper']],
    ['josé', ['García']],
    ['GARCÍA', ['García']],
    ['ömür', ['García']],
    ['小明', ['王']],
    ['王', ['王']],
    ['式会', ['王']],
    ["o'b", ["O'Brien"]],
    ["'co'", ["O'Brien"]],
    ['"quoted"', ["O'Brien"]],
    ['k\\sl', ["O'Brien"]],
    ['l%1', ['Byron-Lovelace']],
    ['off_all', ['Bo']],
    ['50%', ['Bo']],
    ['example.com', ['Byron-Lovelace', 'Li']],
    ['b', ['Bo', "O'Brien", 'Byron-Lovelace', 'Li']],
    ['bo', ['Bo', 'Li']],
    ['li', ['Bo', 'Li']],
    ['%%%', []],
    ['___', []],
    ['nobody', []],
  ])('finds by %j', async (term, expected) => {
    expect((await lastNames(term)).sort()).toEqual([...expected].sort());
  });

  it('puts a name or address that begins with the term first', async () => {
    const { admin } = await world.company();
    for (const [first_name, last_name] of [
      ['Anna', 'Sandman'],
      ['Mandy', 'Zeta'],
      ['Karl', 'Mandel'],
      ['Otto', 'Herman'],
    ]) {
      await admin.post('/api/contacts/', { first_name, last_name, company: 'Roman' });
    }
    expect((await search(admin, 'man')).map((c) => c.last_name)).toEqual(['Mandel', 'Zeta', 'Herman', 'Sandman']);
  });

  it('survives whatever is typed, and finds nothing of another company', { timeout: 60_000 }, async () => {
    const term = fc.oneof(
      fc.string({ minLength: 1, maxLength: 200 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      fc.stringMatching(/^[%_\\'" aé0-9.@-]{1,20}$/),
      fc.constantFrom('a'.repeat(200), 'ab '.repeat(66), '%'.repeat(200), '\\'.repeat(199)),
    );
    await fc.assert(
      fc.asyncProperty(term, async (text) => {
        if (text.includes('\0') || text.length > 200) return;
        for (const contact of await search(ada, text)) expect(contact.title).toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  it('finds every contact by any three letters of its name', async () => {
    for (const { last_name = '' } of people) {
      for (let i = 0; i + 3 <= last_name.length; i += 1) {
        const part = last_name.slice(i, i + 3);
        if (/^[a-zí']+$/i.test(part))
          expect([part, await lastNames(part)]).toEqual([part, expect.arrayContaining([last_name])]);
      }
    }
  });

  it('shows a rep their own hits only, and nobody what was deleted', async () => {
    expect(await search(rep, 'grace')).toEqual([]);
    const { id } = (await rep.post('/api/contacts/', { first_name: 'Grace', last_name: 'Kelly' })).body;
    expect((await search(rep, 'grace')).map((c) => c.id)).toEqual([id]);
    expect((await search(ada, 'grace')).length).toBe(2);
    await rep.delete(`/api/contacts/${id}`);
    expect(await search(rep, 'grace')).toEqual([]);
    expect((await search(rep, 'KELLY', '&deleted=true')).map((c) => c.id)).toEqual([id]);
  });

  it('counts only the hits that pass the other filters against its bound', async () => {
    const { id: company, admin } = await world.company();
    await world.admin.query(
      `insert into contacts (company_id, owner_id, first_name, last_name, email, status, notes, updated_at)
       select $1, $2, 'P', 'N' || i, 'p' || i || '@same.example', case when i > 1500 then 'LEAD' else 'NEW' end,
         case when i > 1500 then 'met at the fair' end, case when i > 1500 then now() else '2020-01-01' end
       from generate_series(1, 1520) i`,
      [company, admin.userId],
    );
    const hits = async (more: string) =>
      (await admin.get(`/api/contacts/?search=same.exa&limit=1&include_total=true${more}`)).body.total;
    expect(await hits('')).toBe(1000);
    for (const filter of ['status=LEAD', 'notes=the%20FAIR', 'updated_from=2020-01-02']) {
      expect([filter, await hits(`&${filter}`)]).toEqual([filter, 20]);
    }
    expect(await hits('&updated_to=2020-01-02&status=LEAD')).toBe(0);
  });

  it('cannot be called without a company, nor be told one', async () => {
    const { rows } = await world.admin.query("select * from gate.search_contacts('grace')");
    expect(rows).toEqual([]);
    expect((await ada.get(`/api/contacts/?search=grace&company_id=${bob.companyId}`)).status).toBe(400);
    expect((await world.anonymous.get('/api/contacts/?search=grace')).status).toBe(401);
  });
});
