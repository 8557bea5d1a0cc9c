import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { type Answer, createWorld, type World } from '../../test/harness.ts';
import { Attacker, type Side } from './attacker.ts';
import { type Endpoint, endpointsOf } from './endpoints.ts';
import { type Catalog, readCatalog } from './seed.ts';
import { openSide } from './side.ts';

// Seeded, so that a red run can be repeated: BULKHEAD_FUZZ_SEED, and more of it with BULKHEAD_FUZZ_RUNS.
const seed = Number(process.env.BULKHEAD_FUZZ_SEED ?? 20261121);
const runs = Number(process.env.BULKHEAD_FUZZ_RUNS ?? 12);

let world: World;
let catalog: Catalog;
let side: Side;

beforeAll(async () => {
  world = await createWorld();
  catalog = await readCatalog(world.admin);
});

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const HOSTILE: unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '🧨'.repeat(300),
  'x'.repeat(70_000),
  "'; drop table contacts; --",
  '../../etc/passwd',
  '%',
  '_',
  '\\',
  '[]',
  '{}',
  [],
  [[]],
  {},
  { $ne: null },
  { __proto__: { admin: true } },
  ['a', 'b'],
  'NaN',
  'Infinity',
  '-0',
  '1e5',
  '0x10',
  '2026-02-30',
  '9999999-01-01T00:00:00Z',
  '2026-01-01T00:00:00+99:99',
  '00000000-0000-0000-0000-000000000000',
  '١٢٣',
  'İ',
  '\u202e',
  '<script>alert(1)</script>',
];
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.jsonValue({ maxDepth: 4 }),
  fc.double(),
);

const RAW = [
  '',
  '{',
  '[',
  'null',
  '"text"',
  '{"a":1}{"b":2}',
  '\ufeff{}',
  '{"__proto__":{"x":1}}',
  deep(5000),
  'a=b&c=d',
  `{"x":"${'y'.repeat(2_000_000)}"}`,
];

/** What is wrong with an answer, however hostile the request was. */
function fault(answer: Answer): string | undefined {
  if (answer.status >= 500) return `${answer.status} ${answer.text.slice(0, 200)}`;
  if (/node_modules|\.ts:\d+|at \w+ \(|relation "|syntax error|violates|bulkhead_app/.test(answer.text))
    return `tells too much: ${answer.text.slice(0, 200)}`;
  return undefined;
}

async function answersOf(endpoint: Endpoint, attacker: Attacker): Promise<string[]> {
  const faults: string[] = [];
  const person = attacker.b.person;
  const ids = attacker.idsOf(attacker.b);
  const look = async (what: string, promise: Promise<Answer>) => {
    const found = fault(await promise);
    if (found !== undefined) faults.push(`${endpoint.method} ${endpoint.path} ${what}: ${found}`);
  };
  const { method } = endpoint;
  const body = attacker.body(attacker.b);
  const fields = Object.keys(endpoint.body?.properties ?? {});

  if (body !== undefined && fields.length > 0) {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), hostile, async (field, value) => {
        await look(
          `${field}=${JSON.stringify(value)?.slice(0, 60)}`,
          attacker.send(person, attacker.url(ids), { ...body, [field]: value }),
        );
      }),
      { seed, numRuns: runs * 3 },
    );
    for (const raw of RAW) {
      for (const type of ['application/json', 'text/plain']) {
        await look(
          `raw ${raw.slice(0, 20)} as ${type}`,
          person.call({ method, url: attacker.url(ids), payload: raw, headers: { 'content-type': type } }),
        );
      }
    }
  }
  const query = endpoint.parameters.filter((p) => p.in === 'query').map((p) => p.name);
  if (query.length > 0) {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...query), hostile, async (name, value) => {
        await look(
          `?${name}=${String(value).slice(0, 60)}`,
          attacker.send(person, attacker.url(ids, { [name]: text(value) }), body),
        );
      }),
      { seed, numRuns: runs * 2 },
    );
    await look('a repeated parameter', attacker.send(person, `${attacker.url(ids)}?${query[0]}=a&${query[0]}=b`, body));
  }
  for (const { name } of attacker.parameters) {
    for (const value of [
      '%',
      '%ff',
      '..%2f..',
      '%00',
      'null',
      '1',
      `${'9'.repeat(400)}`,
      encodeURIComponent("' or 1=1 --"),
    ]) {
      await look(
        `/${name}=${value.slice(0, 20)}`,
        attacker.send(
          person,
          attacker.url((n) => (n === name ? value : ids(n))),
          body,
        ),
      );
    }
  }
  for (const headers of [
    { authorization: 'Bearer' },
    { authorization: `Bearer ${'a.'.repeat(4000)}` },
    { 'if-match': '\u00ff' },
    { 'content-type': 'application/json; charset=x' },
    { 'idempotency-key': 'x'.repeat(3000) },
  ]) {
    await look(
      `headers ${JSON.stringify(headers).slice(0, 40)}`,
      attacker.send(person, attacker.url(ids), body, headers as Record<string, string>),
    );
  }
  return faults;
}

function text(value: unknown): string {
  const plain = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  return plain.isWellFormed() ? plain.slice(0, 5000) : '\ufffd';
}

it('answers malformed, huge, deep and hostile input without a 5xx, a hang or a word too much', {
  timeout: 600_000,
}, async () => {
  const faults: string[] = [];
  for (const endpoint of endpointsOf(world.app)) {
    side = await openSide(world, catalog);
    faults.push(...(await answersOf(endpoint, new Attacker(world, catalog, side, side, endpoint))));
  }
  expect(faults).toEqual([]);
});
