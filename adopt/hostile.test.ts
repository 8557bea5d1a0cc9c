import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { apply } from './apply.ts';
import { backUp } from './backup.ts';
import { makePlan } from './make-plan.ts';
import { quarantined } from './resolve.ts';
import { restoreBackUp } from './restore-backup.ts';
import { rollback } from './rollback.ts';
import { emptyDatabase } from './testing/database.ts';
import { trust } from './trust-roles.ts';
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

async function adoptAndBack(url: string, trust: string[]) {
  const plan = await makePlan(url, { global: ['called'] });
  expect(await apply(url, plan, { through: 'force', batchRows: 10, trust })).toMatchObject({ state: 'complete' });
  const { checks } = await verify(url, { audit: false });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  await rollback(url);
}

test('what tables, columns and indexes are named is never run', async () => {
  const { url, client, mallory } = await mallorysDatabase();
  await adoptAndBack(url, [mallory]).finally(() => expectUnharmed(client, mallory));
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
  await adoptAndBack(url, [mallory]).finally(() => expectUnharmed(client, mallory));
});

const attached = `
create type mood as enum ('well', 'ill');
create function told(mood) returns text language plpgsql as $$ begin perform public.evil(); return 'well'; end $$;
create cast (mood as text) with function told(mood) as assignment;
create domain page as text check (public.evil());
create table visits (id mood primary key, contact varchar references contacts (id), company_id varchar);
insert into visits values ('well', 'c1', null);
alter table visits add check (public.evil()) not valid;`;

test('as a superuser nothing of another’s is run before they are named as trusted', async () => {
  const { url, client, mallory } = await mallorysDatabase(attached);
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-hostile-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const plan = await makePlan(url, { global: ['called'] });
  const refusal = new RegExp(`--trust ${mallory}, or connect as a role with BYPASSRLS`);
  await expect(apply(url, plan)).rejects.toThrow(refusal);
  await expect(backUp(url, join(folder, 'refused'))).rejects.toThrow(refusal);
  await expect(apply(url, plan, { trust: ['somebody'] })).rejects.toThrow(refusal);
  expect((await client.query(`select to_regnamespace('bulkhead_adopt') as ledger`)).rows).toEqual([{ ledger: null }]);
  await expectUnharmed(client, mallory);
  await expect(trust(url, [mallory])).rejects.toThrow('No adoption of this database is under way');
  // What it would have run, and with what rights.
  await apply(url, plan, { trust: [mallory] });
  const { rows } = await client.query('select rolsuper from pg_roles where rolname = $1', [mallory]);
  expect(rows).toEqual([{ rolsuper: true }]);
});

test('who comes to own something later is named before the adoption goes on, or is taken back', async () => {
  const { url, client, mallory } = await mallorysDatabase();
  const plan = await makePlan(url, { global: ['called'] });
  await apply(url, plan, { trust: [mallory] });
  const late = `${mallory}_late`;
  await client.query(`create role ${late}; grant all on schema public to ${late}; set role ${late}; create table loads (id int primary key);
    reset role`);
  onTestFinished(async () => {
    await client.query(`drop owned by ${late} cascade; drop role ${late}`);
  });
  const refusal = `by bulkhead adopt trust ${late}, or connect`;
  for (const next of [() => rollback(url), () => verify(url, { audit: false }), () => quarantined(url)])
    await expect(next()).rejects.toThrow(refusal);
  await trust(url, [late]);
  expect(await quarantined(url)).toEqual([]);
  expect(await rollback(url)).toBeGreaterThan(0);
});

test('a ledger that another made is not believed, for it holds statements that are run', async () => {
  const { url, client, mallory } = await mallorysDatabase();
  const plan = await makePlan(url, { global: ['called'] });
  await client.query(`create schema bulkhead_adopt authorization ${mallory}; set role ${mallory};
    create view bulkhead_adopt.steps as select name::text, 1 as position, null::text as table_name, 'done' as state,
      '["select public.evil()"]'::jsonb as undo, '{}'::jsonb as last_key, 0::bigint as rows_changed from (select public.evil()) e (name);
    create view bulkhead_adopt.plan as select '{}'::jsonb as plan from (select public.evil()) e;
    create view bulkhead_adopt.trusted as select '${mallory}' as role from (select public.evil()) e; reset role`);
  for (const begin of [
    () => makePlan(url),
    () => apply(url, plan, { trust: [mallory] }),
    () => verify(url),
    () => rollback(url),
    () => quarantined(url),
  ])
    await expect(begin()).rejects.toThrow(/belongs to .*_mallory, who could have written/);
  await expectUnharmed(client, mallory);
});

test('a backup tells whose code its restoring would run', async () => {
  const { url, mallory } = await mallorysDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-hostile-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const backup = join(folder, 'backup');
  await backUp(url, backup, { method: 'rows', trust: [mallory] });
  const { url: again } = await emptyDatabase();
  await expect(restoreBackUp(again, backup, { elsewhere: true })).rejects.toThrow(`--trust ${mallory}`);
});
