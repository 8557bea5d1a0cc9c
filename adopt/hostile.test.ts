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

const betterFit = (['varchar', 'citext'] as const)
  .flatMap((type) =>
    ['=', '<>', '>', '>='].map((symbol, i) => {
      // citext's own operators are the extension's, in the very schema.
      const right = type === 'citext' ? 'varchar' : type;
      return `create function hides_${type}_${i}(${type}, ${right}) returns boolean language sql volatile as 'select public.evil()';
create operator ${symbol} (leftarg = ${type}, rightarg = ${right}, function = hides_${type}_${i})`;
    }),
  )
  .join(';\n');

test('an operator or a cast that somebody made in public is never called, though it fits better than PostgreSQL’s own', async () => {
  const { url, client, mallory } = await mallorysDatabase(`${betterFit};
create table logins (login citext, n varchar, contact varchar references contacts (id), primary key (login, n));
create table visits (id varchar primary key, login citext not null, n varchar not null, foreign key (login, n) references logins (login, n));
insert into logins select 'Login' || i, 'n' || i % 3, 'c' || i from pg_catalog.generate_series(1, 20) i;
insert into visits select 'v' || i, 'LOGIN' || 1 + i % 20, 'n' || (1 + i % 20) % 3 from pg_catalog.generate_series(1, 60) i`);
  const plan = await makePlan(url, { global: ['called'] });
  expect(plan.decisions.tables['public.visits']!.paths![0]!.operators).toEqual(['public', 'pg_catalog']);
  await adoptAndBack(url).finally(() => expectUnharmed(client, mallory));
});
