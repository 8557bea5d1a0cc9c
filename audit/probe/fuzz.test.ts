import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from '../../test/harness.ts';
import { Attacker, type Changes } from './attacker.ts';
import { withValue } from './bodies.ts';
import type { Answer } from './client.ts';
import { type Endpoint, endpointsOf, type Schema, titleOf } from './endpoints.ts';
import { leakIn } from './evidence.ts';
import { findControl } from './shape.ts';
import type { Side } from './target.ts';
import { deep, FORMS, HEADERS, hostile, RAW, SEGMENTS } from './testing/hostile.ts';
import { type Inside, openInside } from './testing/inside.ts';

// Seeded, so that a red run can be repeated: BULKHEAD_FUZZ_SEED, and more of it with BULKHEAD_FUZZ_RUNS.
const seed = Number(process.env.BULKHEAD_FUZZ_SEED ?? 20261121);
const runs = Number(process.env.BULKHEAD_FUZZ_RUNS ?? 12);
/** Milliseconds after which a request counts as hanging, on however busy a machine. */
const PATIENCE = 30_000;

let world: World;
let target: Inside;
let other: Side;

beforeAll(async () => {
  world = await createWorld();
  target = await openInside(world);
  other = await target.open();
  return target.close;
});

/** What is wrong with an answer, however hostile the request was. */
function fault(answer: Answer | undefined): string | undefined {
  if (answer === undefined) return `no answer within ${PATIENCE / 1000} s`;
  if (answer.status >= 500) return `${answer.status} ${answer.text.slice(0, 200)}`;
  if (/node_modules|\.ts:\d+|at \w+ \(|relation "|syntax error|violates|bulkhead_app/.test(answer.text))
    return `tells too much: ${answer.text.slice(0, 200)}`;
  return leakIn(answer, other, '');
}

/** The fields of a body at any depth: those of objects in it, and of each of its alternatives. */
function fieldsOf(schema: Schema | undefined, at: string[] = []): string[][] {
  const options = (schema?.anyOf ?? []).flatMap((option) => fieldsOf(option, at));
  const own = Object.entries(schema?.properties ?? {}).flatMap(([name, inner]) => [
    [...at, name],
    ...fieldsOf(inner, [...at, name]),
  ]);
  return [...options, ...own];
}

async function faultsOf(endpoint: Endpoint): Promise<string[]> {
  // The request that succeeds, made hostile in one place: so it comes as far as it can.
  const { shape } = await findControl(target, endpoint);
  const side = (await target.prepared(shape.state, endpoint, 'b')) as Side;
  const attacker = new Attacker(target, endpoint, shape, other, side);
  const faults: string[] = [];
  const look = async (what: string, answer: Promise<Answer>) => {
    const late = delay(PATIENCE, undefined, { ref: false });
    const found = fault(await Promise.race([answer, late]));
    if (found !== undefined) faults.push(`${titleOf(endpoint)} ${what}: ${found}`);
  };
  const send = (changes: Changes) => attacker.send(attacker.caller(side), side, changes);
  const raw = (payload: string | Buffer, headers: Record<string, string>) => {
    const { method } = endpoint;
    return attacker.caller(side).call({ method, url: attacker.requestOf(side).url, payload, headers });
  };
  const each = (
    arbitrary: readonly string[][] | readonly string[],
    times: number,
    ask: (where: never, value: unknown) => Promise<void>,
  ) =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...arbitrary), hostile, (where, value) => ask(where as never, value)),
      { seed, numRuns: runs * times },
    );

  const fields = fieldsOf(endpoint.body);
  if (fields.length > 0) {
    await each(fields, 3, (path: string[], value) =>
      look(
        `${path.join('.')}=${JSON.stringify(value)?.slice(0, 60)}`,
        send({ body: (own) => withValue(own, path, value) }),
      ),
    );
    for (const path of fields.slice(0, 3))
      await look(`deep ${path}`, send({ body: (own) => withValue(own, path, JSON.parse(deep(800))) }));
  }
  if (attacker.changes) {
    for (const text of RAW) {
      for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
        await look(`raw ${text.slice(0, 20)} as ${type}`, raw(text, { 'content-type': type }));
      }
    }
    if (endpoint.upload)
      for (const [i, text] of FORMS.entries())
        await look(`form ${i}`, raw(text, { 'content-type': 'multipart/form-data; boundary=edge' }));
  }
  const query = attacker.query.map(({ name }) => name);
  if (query.length > 0) {
    await each(query, 2, (name: string, value) =>
      look(`?${name}=${String(value).slice(0, 60)}`, send({ query: { [name]: text(value) } })),
    );
    for (const name of query) await look(`${name} twice`, send({ query: { [name]: ['a', 'b'] } }));
  }
  await look('an unknown parameter', send({ query: { '__proto__[x]': '1', 'a[b][c]': '2', ['x'.repeat(4000)]: 'y' } }));
  for (const { name } of attacker.parameters)
    for (const value of SEGMENTS) await look(`/${name}=${value.slice(0, 20)}`, send({ path: { [name]: value } }));
  for (const headers of HEADERS) await look(`headers ${JSON.stringify(headers).slice(0, 40)}`, send({ headers }));
  return faults;
}

function text(value: unknown): string {
  const plain = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  return plain.isWellFormed() ? plain.slice(0, 5000) : '\ufffd';
}

it('answers malformed, huge, deep and hostile input without a 5xx, a hang or a word too much', {
  timeout: 900_000,
}, async () => {
  const faults: string[] = [];
  const endpoints = endpointsOf(world.app);
  expect(endpoints.length).toBeGreaterThan(150);
  for (const endpoint of endpoints) faults.push(...(await faultsOf(endpoint)));
  expect(faults).toEqual([]);
});
