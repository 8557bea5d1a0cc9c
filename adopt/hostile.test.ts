import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { apply } from './apply.ts';
import { makePlan } from './make-plan.ts';
import { rollback } from './rollback.ts';
import { emptyDatabase } from './testing/database.ts';
import { verify } from './verify.ts';

const hostile = readFileSync(join(import.meta.dirname, 'testing/hostile.sql'), 'utf8');

/** A database whose tables and functions are of a role that is no superuser. */
async function mallorysDatabase(extra = '') {
  const { url, client } = await emptyDatabase();
  const mallory = `${new URL(url).pathname.slice(1)}_mallory`;
  await client.query(`create role ${mallory}; grant all on schema public to ${mallory}; create extension citext`);
  onTestFinished(async () => {
    await client.query(`drop owned by ${mallory} cascade; drop role ${mallory}`);
  });
  await client.query(`set role ${mallory}; ${hostile}; ${extra}; reset role`);
  return { url, client, mallory };
}

async function expectUnharmed(client: Client, mallory: string): Promise<void> {
  const { rows } = await client.query(
    'select rolsuper, (select count(*)::int from public.called) as calls from pg_roles where rolname = $1',
    [mallory],
  );
  expect(rows).toEqual([{ rolsuper: false, calls: 0 }]);
}

async function adoptAndBack(url: string) {
  const plan = await makePlan(url, { global: ['called'] });
  expect(await apply(url, plan, { through: 'force', batchRows: 10 })).toMatchObject({ state: 'complete' });
  const { checks } = await verify(url, { audit: false });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  await rollback(url);
}

test('what tables, columns and indexes are named is never run', async () => {
  const { url, client, mallory } = await mallorysDatabase();
  await adoptAndBack(url).finally(() => expectUnharmed(client, mallory));
});
