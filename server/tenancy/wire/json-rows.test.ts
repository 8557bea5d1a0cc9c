import fc from 'fast-check';
import { type CompiledQuery, sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../../../test/harness.ts';
import type { Company } from '../door.ts';
import { q } from '../query.ts';

let world: World;
let company: Company;

beforeAll(async () => {
  world = await createWorld();
  const { id, admin } = await world.company();
  company = world.door.asCompany({ companyId: id, userId: admin.userId, owners: '*' });
});

/** The same statement's rows as objects, and as JSON read back. */
async function bothWays(query: CompiledQuery<unknown>): Promise<[unknown, unknown]> {
  const objects = await company.many(query);
  const json = (await company.json(query, Buffer.from('['))).text(undefined, ']');
  return [JSON.parse(JSON.stringify(objects)), JSON.parse(json.toString('utf8'))];
}
const select = (expressions: string) => sql.raw(`select ${expressions}`).compile(q);

const values: Record<string, string> = {
  'missing values': `null as a, null::int as b, null::text[] as c`,
  numbers: `1::int2 as a, (-2147483648)::int4 as b, 9007199254740991::int8 as c, 1.50::numeric as d, 'NaN'::numeric as e`,
  'floating points': `0.1::float8 as a, 1e300::float8 as b, 'NaN'::float8 as c, '-Infinity'::float8 as d, 1.5::float4 as e`,
  booleans: `true as a, false as b`,
  times: `timestamptz '2026-03-01 08:15:00.123456+02' as a, timestamptz '2026-03-01' as b, date '2026-02-28' as c`,
  'times without end': `timestamptz 'infinity' as a, timestamptz '-infinity' as b`,
  json: `'{"a": [1, {"b": "\\u00e9 \\" "}]}'::jsonb as a, '[ 1,2 ]'::json as b, 'null'::jsonb as c, '"x"'::jsonb as d`,
  lists: `'{}'::text[] as a, '{one,two words,NULL,"NULL","a,b","q\\"uote",None}'::text[] as b, '{1,2}'::int[] as c`,
  'lists of lists': `'{{a,b},{c,d}}'::text[] as a, array[app.uuid7()]::uuid[] is not null as b`,
  texts: `'ä€😀' as a, E'\\x01\\t\\n"\\\\/' as b, '' as c, '</script>' as d, E'\\u2028' as e`,
  'other types': `interval '1 day' as a, '\\xdead'::bytea is not null as b, inet '10.0.0.1' as c, '(1,2)'::point as d`,
};

test.each(Object.entries(values))('%s read as JSON are what they are as objects', async (_, expressions) => {
  const [objects, json] = await bothWays(select(expressions));
  expect(json).toEqual(objects);
});

test('any text and list of texts reads as JSON as it does as an object', async () => {
  const text = fc.string({ unit: 'binary' }).filter((given) => !given.includes('\0') && given.isWellFormed());
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.option(text), { maxLength: 5 }), async (one, many) => {
      const [objects, json] = await bothWays(sql`select ${one}::text as one, ${many}::text[] as many`.compile(q));
      expect(json).toEqual(objects);
      expect(json).toEqual([{ one, many }]);
    }),
    { numRuns: 300 },
  );
});

test('every character of ASCII is escaped, or not, at every place of a text', async () => {
  const texts = Array.from({ length: 127 }, (_, code) => String.fromCharCode(code + 1)).flatMap((character) =>
    Array.from(
      { length: 10 },
      (_, place) => `${'aä'.repeat(place).slice(0, place)}${character}${'z'.repeat(9 - place)}`,
    ),
  );
  const rows = await company.json(sql`select unnest(${texts}::text[]) as text`.compile(q), Buffer.from('['));
  expect(JSON.parse(rows.text(undefined, ']').toString('utf8'))).toEqual(texts.map((text) => ({ text })));
});

test('rows keep their order and number, whatever their size', async () => {
  const query = select(`n, repeat('x"', n * 37) as text from generate_series(0, 400) n`);
  const [objects, json] = await bothWays(query);
  expect(json).toEqual(objects);
  const rows = await company.json(query);
  expect(rows.count).toBe(401);
  expect(rows.row(7)).toEqual({ n: 7, text: 'x"'.repeat(259) });
  expect(JSON.parse(`[${rows.text(3)}]`)).toHaveLength(3);
});

test('one value of many megabytes arrives whole', async () => {
  const rows = await company.json(select(`repeat('ä', 3000000) as text`));
  expect(rows.row(0).text).toBe('ä'.repeat(3_000_000));
});

test('a column whose name begins with $ is kept out of the JSON', async () => {
  const rows = await company.json(select(`'secret' as "$a", 1 as b, null as "$c"`));
  expect(rows.text().toString()).toBe('{"b":1}');
  expect(rows.hidden).toEqual([{ $a: 'secret', $c: null }]);
  expect((await company.json(select(`1 as "$a"`))).text().toString()).toBe('{}');
});

test('an answer without rows is its beginning and its end', async () => {
  const none = await company.json(select('1 as a where false'), Buffer.from('['));
  expect(none.text(undefined, ']').toString()).toBe('[]');
});

test('a statement whose prepared form went bad costs one error, and the next works', async () => {
  const query = select(`* from gate.json_test()`);
  const make = (columns: string) =>
    world.admin.query(`drop function if exists gate.json_test();
      create function gate.json_test() returns table (${columns}) language sql as $$ select 1, 2 $$;
      grant execute on function gate.json_test() to bulkhead_app`);
  await make('a int, b int');
  for (let i = 0; i < 8; i += 1) expect(await company.many(query)).toEqual([{ a: 1, b: 2 }]);
  await make('a int, c int');
  await expect.poll(() => company.many(query).catch(() => undefined), { timeout: 10_000 }).toEqual([{ a: 1, c: 2 }]);
});
