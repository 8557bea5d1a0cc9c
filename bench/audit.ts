import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { audit } from '../audit/audit.ts';
import { subjectOf } from '../audit/subject.ts';
import { startPostgres } from '../server/platform/postgres/start.ts';

/**
 * `npx tsx bench/audit.ts [tables] [rows]`: how long the auditor takes for a database of many tables (1,000), each with
 * keys, indexes and policies, and for one table of many rows (1,000,000), beside one plain count of its rows.
 */
const [tables = 1_000, rows = 1_000_000] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
const postgres = await startPostgres({ dataDir: folder, durable: false });
const client = new pg.Client({ connectionString: postgres.adminUrl });
try {
  await client.connect();
  await client.query(`create role bench_owner nologin; create role bench_app login; create schema app authorization bench_owner;
    set role bench_owner; create table app.tenants (id uuid primary key); insert into app.tenants select gen_random_uuid() from generate_series(1, 10)`);
  for (let n = 0; n < tables; n += 1) await client.query(tableSql(n));
  await client.query('reset role; grant usage on schema app to bench_app; analyze');
  await measure(`${tables} tables`);
  await client.query(`insert into app.t0 (tenant_id, id, name) select (select id from app.tenants limit 1), gen_random_uuid(), 'x' from generate_series(1, ${rows});
    insert into app.t1 (tenant_id, id, t0_id) select tenant_id, gen_random_uuid(), id from app.t0; analyze app.t0; analyze app.t1`);
  const begun = performance.now();
  await client.query('select count(*) from app.t0');
  await client.query('select count(*) from app.t1');
  const counted = performance.now() - begun;
  const took = await measure(`and two of ${rows} rows`);
  console.log(`the rows' part: ${((took.data * 1_000) / counted).toFixed(1)} times their plain count`);
} finally {
  await client.end();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function tableSql(n: number): string {
  const parent =
    n === 0
      ? ''
      : `, t${n - 1}_id uuid, foreign key (tenant_id, t${n - 1}_id) references app.t${n - 1} (tenant_id, id)`;
  const policy = `(tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)`;
  return `create table app.t${n} (tenant_id uuid not null references app.tenants, id uuid not null, name text, note text, data jsonb,
      made timestamptz default now(), primary key (tenant_id, id), unique (tenant_id, name, id)${parent});
    create index on app.t${n} (tenant_id, made);
    alter table app.t${n} enable row level security; alter table app.t${n} force row level security;
    create policy own on app.t${n} using ${policy} with check ${policy};
    grant select, insert, update, delete on app.t${n} to bench_app`;
}

async function measure(what: string): Promise<{ data: number }> {
  const begun = performance.now();
  const { subject } = await subjectOf(client);
  const understood = (performance.now() - begun) / 1_000;
  const { outcomes } = await audit(client, { subject });
  const all = (performance.now() - begun) / 1_000;
  console.log(`${what}: ${all.toFixed(1)} s, ${understood.toFixed(1)} s of them to understand the database`);
  const slow = [...outcomes].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 8);
  console.log(
    `  slowest: ${slow.map(({ rule, milliseconds }) => `${rule.number} ${rule.name} ${milliseconds} ms`).join(', ')}`,
  );
  const odd = outcomes.filter(({ outcome }) => outcome === 'failed' || outcome === 'not checked');
  for (const { rule, outcome, reason, findings } of odd)
    console.log(`  ${rule.number} ${outcome} ${reason ?? ''} ${findings.length}`);
  const data = outcomes.filter(({ rule }) => [35, 36].includes(rule.number));
  return { data: data.reduce((sum, { milliseconds }) => sum + milliseconds / 1_000, 0) };
}
