import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { createWorld, type World } from '../../test/harness.ts';
import { COMPANY } from './predicate-plugin.ts';
import { type Compilable, q } from './query.ts';

let world: World;
let own: string;
let other: string;

beforeAll(async () => {
  world = await createWorld();
  const [mine, theirs] = [await world.company(), await world.company()];
  own = mine.id;
  other = theirs.id;
  for (const { admin } of [mine, theirs]) {
    for (const first_name of ['Ada', 'Grace']) await admin.post('/api/contacts', { first_name, last_name: 'X' });
    await admin.post('/api/tags', { name: 'vip' });
  }
});

// A superuser is bound by no policy: what keeps the other company out here is the predicate alone.
async function unguarded<Row>(query: Compilable<Row>): Promise<Record<string, unknown>[]> {
  const { sql: text, parameters } = query.compile();
  await world.admin.query('begin');
  try {
    await world.admin.query(`select set_config('app.company_id', $1, true), set_config('app.user_id', $2, true)`, [
      own,
      (await world.admin.query('select id from users where company_id = $1', [own])).rows[0].id,
    ]);
    return (await world.admin.query(text, parameters.map((p) => (p === COMPANY ? own : p)) as unknown[])).rows;
  } finally {
    await world.admin.query('rollback');
  }
}

const times = (query: Compilable<unknown>) => query.compile().parameters.filter((p) => p === COMPANY).length;
const contacts = () => q.selectFrom('contacts');

const reads: Record<string, [query: () => Compilable<unknown>, predicates: number]> = {
  'a select': [() => contacts().select('company_id'), 1],
  'a select whose condition is an or': [
    () =>
      contacts()
        .select('company_id')
        .where((e) => e.or([e('last_name', '=', 'X'), e.lit(true)])),
    1,
  ],
  'an alias': [() => q.selectFrom('contacts as c').select('c.company_id'), 1],
  'two tables': [
    () => q.selectFrom(['contacts as a', 'contacts as b']).select(['a.company_id', 'b.company_id as b_company']),
    2,
  ],
  'a join': [
    () =>
      contacts()
        .innerJoin('users', 'users.id', 'contacts.owner_id')
        .select(['contacts.company_id', 'users.company_id as u_company']),
    2,
  ],
  'a left join on nothing': [
    () =>
      contacts()
        .leftJoin('users', (join) => join.onTrue())
        .select(['contacts.company_id', 'users.company_id as u_company']),
    2,
  ],
  'a cross join': [
    () => contacts().crossJoin('users').select(['contacts.company_id', 'users.company_id as u_company']),
    2,
  ],
  'a right join': [
    () =>
      contacts()
        .rightJoin('users', (join) => join.onTrue())
        .select(['contacts.company_id', 'users.company_id as u_company']),
    2,
  ],
  'a full join': [
    () =>
      contacts()
        .fullJoin('users', 'users.id', 'contacts.owner_id')
        .select(['contacts.company_id', 'users.company_id as u_company']),
    2,
  ],
  'a sub-select in from': [
    () => q.selectFrom((e) => e.selectFrom('contacts').select('company_id').as('s')).selectAll(),
    1,
  ],
  'a sub-select in select': [
    () => contacts().select((e) => ['company_id', e.selectFrom('users').select('company_id').limit(1).as('u_company')]),
    2,
  ],
  'a sub-select in where': [
    () =>
      contacts()
        .select('company_id')
        .where((e) => e.exists(e.selectFrom('users').select('id').whereRef('users.id', '=', 'contacts.owner_id'))),
    2,
  ],
  'a common table expression': [
    () =>
      q
        .with('c', (db) => db.selectFrom('contacts').select('company_id'))
        .selectFrom('c')
        .selectAll(),
    1,
  ],
  'a union': [() => contacts().select('company_id').unionAll(q.selectFrom('users').select('company_id')), 2],
  'a lateral join': [
    () =>
      contacts()
        .innerJoinLateral(
          (e) => e.selectFrom('users').select('company_id as u_company').as('u'),
          (join) => join.onTrue(),
        )
        .select(['contacts.company_id', 'u.u_company']),
    2,
  ],
};

const writes: Record<string, [query: () => Compilable<unknown>, predicates: number]> = {
  'an update': [() => q.updateTable('contacts').set({ title: 'x' }).returning('company_id'), 1],
  'an update from': [
    () =>
      q
        .updateTable('contacts')
        .from('users')
        .set((e) => ({ title: e.ref('users.title') }))
        .returning(['contacts.company_id', 'users.company_id as u_company']),
    2,
  ],
  'a delete': [() => q.deleteFrom('tags').returning('company_id'), 1],
  'a delete using': [
    () => q.deleteFrom('tags').using('users').returning(['tags.company_id', 'users.company_id as u_company']),
    2,
  ],
  'an insert from a select': [
    () =>
      q
        .insertInto('notifications')
        .columns(['title', 'message', 'user_id'])
        .expression((e) => e.selectFrom('users').select((s) => [s.val('t').as('t'), s.val('m').as('m'), 'users.id']))
        .returning('company_id'),
    1,
  ],
  'a write in a common table expression': [
    () =>
      q
        .with('gone', (db) => db.deleteFrom('tags').returning('company_id'))
        .selectFrom('gone')
        .selectAll(),
    1,
  ],
};

describe.each([
  ['reads', reads],
  ['writes', writes],
])('%s name the company for each table, and that alone keeps others out', (_, cases) => {
  test.each(Object.entries(cases))('%s', async (_name, [query, predicates]) => {
    // A query that is built apart and then put into another gets its predicate twice, which does no harm.
    expect(times(query())).toBeGreaterThanOrEqual(predicates);
    const rows = await unguarded(query());
    expect(rows.length).toBeGreaterThan(0);
    const companies = rows.flatMap((row) => Object.values(row)).filter((value) => value !== null);
    expect(new Set(companies)).toEqual(new Set([own]));
  });
});

test('a merge is refused: its source and target would go without a predicate', () => {
  const merge = q
    .mergeInto('tags as t')
    .using('users as u', (on) => on.onRef('t.id', '=', 'u.id'))
    .whenMatched()
    .thenDelete();
  expect(() => merge.compile()).toThrow('merge');
});

test('a global table is refused', () => {
  expect(() => q.selectFrom('login_identities').selectAll().compile()).toThrow('global');
});

test('whatever the conditions, no row of another company is read', async () => {
  const leaf = fc.constantFrom(
    sql<boolean>`true`,
    sql<boolean>`contacts.first_name = 'Ada'`,
    sql<boolean>`false or true`,
    sql<boolean>`not contacts.deleted_at is not null`,
  );
  const shape = fc.record({
    conditions: fc.array(leaf, { maxLength: 4 }),
    or: fc.boolean(),
    distinct: fc.boolean(),
    alias: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(shape, async ({ conditions, or, distinct, alias }) => {
      let query = q.selectFrom('contacts').select('contacts.company_id');
      if (alias) query = query.innerJoin('contacts as again', 'again.owner_id', 'contacts.owner_id');
      if (conditions.length > 0) query = query.where((e) => (or ? e.or(conditions) : e.and(conditions)));
      if (distinct) query = query.distinct();
      const rows = await unguarded(query);
      expect(rows.every(({ company_id }) => company_id === own && company_id !== other)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
