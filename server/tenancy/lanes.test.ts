import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../../test/harness.ts';
import { NO_COMPANY } from './context.ts';
import { type Connections, connect } from './pool.ts';
import { urlFor } from './roles.ts';
import type { Answer } from './wire/statement.ts';

let world: World;
let connections: Connections;

beforeAll(async () => {
  world = await createWorld();
  connections = connect({ connectionString: urlFor('bulkhead_app', world.adminUrl), max: 8, statementTimeout: 5_000 });
  await Promise.all(Array.from({ length: 40 }, () => send('select 1')));
});
afterAll(async () => {
  await connections.lanes.close();
  await connections.pool.end();
});

const send = (text: string, values: unknown[] = []) =>
  new Promise<object[]>((resolve, reject) => {
    const done = (error: Error | null, { rows }: Answer) => (error ? reject(error) : resolve(rows));
    connections.lanes.send({ text, values, settings: NO_COMPANY, done });
  });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function slowestOf(count: number): Promise<number> {
  const waits = Array.from({ length: count }, async (_, n) => {
    await pause(n);
    const began = performance.now();
    await send('select 1');
    return performance.now() - began;
  });
  return Math.max(...(await Promise.all(waits)));
}

test('a slow statement holds nobody up', async () => {
  const slow = send('select pg_sleep(2)');
  await pause(5);
  expect(await slowestOf(100)).toBeLessThan(700);
  await slow;
});

test('where every lane is stuck behind slow statements, others are opened', async () => {
  const slow = Array.from({ length: 4 }, () => send('select pg_sleep(2)'));
  await pause(20);
  expect(await slowestOf(100)).toBeLessThan(1_000);
  await Promise.all(slow);
});

test('an error in the middle of a batch is its own statement’s only', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 24 }, (_, n) => (n % 3 === 0 ? send('select 1 / 0') : send('select $1::int as n', [n]))),
  );
  outcomes.forEach((outcome, n) => {
    expect(outcome.status).toBe(n % 3 === 0 ? 'rejected' : 'fulfilled');
    if (outcome.status === 'fulfilled') expect(outcome.value).toEqual([{ n }]);
  });
});

test('backends that die fail what was on them, and the lanes recover', async () => {
  for (let round = 0; round < 20; round += 1) {
    const outcomes = Promise.allSettled(
      Array.from({ length: 40 }, (_, n) => send('select $1::int as n, pg_sleep(0.01)', [n])),
    );
    await pause(15);
    await world.admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'bulkhead_app'`,
    );
    (await outcomes).forEach((outcome, n) => {
      if (outcome.status === 'fulfilled') expect(outcome.value).toMatchObject([{ n }]);
    });
    await pause(50);
    expect(await send('select 1 as n')).toEqual([{ n: 1 }]);
  }
});
