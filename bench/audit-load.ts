import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../server/platform/postgres/start.ts';
import { memoryOf } from './processes.ts';

/**
 * `npx tsx bench/audit-load.ts [rows] [folder]`: audits one table of many rows (20,000,000) while pgbench reads and writes it, and
 * tells what the load felt of it, what memory the audit took and how old its snapshots became. A folder that is named is kept, with
 * the rows in it, for another run.
 */
const rows = Number(process.argv[2] ?? 20_000_000);
const [tenants, users, quiet] = [50, 1_000, 30_000];
const kept = process.argv[3];
const folder = kept ?? mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
const server = await startPostgres({ dataDir: folder });
const admin = new pg.Client({ connectionString: server.adminUrl });
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

try {
  await admin.connect();
  const made = performance.now();
  const { rows: found } = await admin.query(`select from pg_tables where schemaname = 'shop' and tablename = 'events'`);
  if (found.length === 0) {
    await admin.query(setUp());
    await admin.query('vacuum analyze');
  }
  const { rows: sizes } = await admin.query<{ size: string }>(
    `select pg_size_pretty(pg_total_relation_size('shop.events')) as size`,
  );
  console.log(`${rows} rows, ${sizes[0]?.size}, made in ${seconds(performance.now() - made)} s`);
  const counted = performance.now();
  await admin.query('select count(*) from shop.events');
  const count = performance.now() - counted;

  const load = startLoad();
  await wait(quiet);
  const before = load.size();
  const run = await audit();
  const during = load.size();
  await wait(quiet);
  const told = await load.stop();
  const alone = told.filter((_, n) => (n > 3 && n < before) || n > during + 1);
  const beside = told.slice(before, during);
  console.log(
    `| rows | ${rows}, ${sizes[0]?.size}, ${tenants} tenants; a plain count takes ${seconds(count)} s |\n|---|---|`,
  );
  console.log(`| audit | ${seconds(run.took)} s, ends with ${run.code}; ${run.slowest} |`);
  console.log(
    `| load beside it | throughput ${ratio(beside, alone, 'tps')}, latency ${ratio(beside, alone, 'latency')} of those without; ${told.reduce((sum, { failed }) => sum + failed, 0)} failed |`,
  );
  console.log(
    `| memory at most | audit ${run.memory.toFixed(0)} MB, its backend ${run.backend.toFixed(0)} MB (shared buffers in part) |`,
  );
  console.log(`| oldest snapshot seen | ${run.snapshot.toFixed(1)} s, ${run.xids} transactions |`);
} finally {
  await admin.end();
  await server.stop();
  if (!kept) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function setUp(): string {
  const own = `(tenant_id = nullif(current_setting('shop.tenant', true), '')::integer)`;
  return `
    create schema shop; create role bench_app login password 'bench_app';
    create table shop.tenants (id integer primary key, name text);
    create table shop.users (tenant_id integer not null references shop.tenants, id uuid not null, name text, primary key (tenant_id, id));
    insert into shop.tenants select n, 'Tenant ' || n from generate_series(1, ${tenants}) n;
    insert into shop.users select t, md5(t || '/' || n)::uuid, 'User ' || n from generate_series(1, ${tenants}) t, generate_series(1, ${users}) n;
    create table shop.events (tenant_id integer not null, id bigint generated always as identity, user_id uuid not null, about uuid, what smallint not null default 0);
    insert into shop.events (tenant_id, user_id, about)
      select 1 + n % ${tenants}, md5(1 + n % ${tenants} || '/' || 1 + n % ${users})::uuid, md5(1 + n % ${tenants} || '/' || 1 + n % 7)::uuid from generate_series(1, ${rows}) n;
    alter table shop.events add primary key (tenant_id, id);
    create index on shop.events (tenant_id, user_id);
    alter table shop.events add foreign key (tenant_id) references shop.tenants, add foreign key (tenant_id, user_id) references shop.users (tenant_id, id);
    alter table shop.tenants enable row level security; create policy own on shop.tenants using (id = nullif(current_setting('shop.tenant', true), '')::integer);
    alter table shop.users enable row level security; create policy own on shop.users using ${own} with check ${own};
    alter table shop.events enable row level security; create policy own on shop.events using ${own} with check ${own};
    grant usage on schema shop to bench_app; grant select on shop.tenants to bench_app; grant select, insert, update, delete on shop.users, shop.events to bench_app`;
}

/** Reads, changes and adds events of one tenant a transaction, with eight clients; what it told, second by second. */
function startLoad() {
  const script = join(folder, 'load.sql');
  writeFileSync(
    script,
    `\\set t random(1, ${tenants})\n\\set n random(1, ${Math.floor(rows / tenants) - 1})
begin;
select set_config('shop.tenant', :t::text, true);
select e.what, u.name from shop.events e join shop.users u on u.tenant_id = e.tenant_id and u.id = e.user_id where e.tenant_id = :t and e.id = :n * ${tenants} + :t - 1;
update shop.events set what = what + 1 where tenant_id = :t and id = :n * ${tenants} + :t - 1 and what < 1000;
insert into shop.events (tenant_id, user_id) select tenant_id, id from shop.users where tenant_id = :t limit 1;
commit;
`,
  );
  const url = new URL(server.adminUrl);
  url.username = 'bench_app';
  url.password = 'bench_app';
  // A fixed rate tells how it is served; as fast as may be tells how much there is left: it is the harder of the two.
  const bench = spawn('pgbench', [
    '-n',
    '-M',
    'prepared',
    '-c',
    '8',
    '-j',
    '1',
    '-T',
    '86400',
    '-P',
    '1',
    '-f',
    script,
    url.href,
  ]);
  const told: { tps: number; latency: number; failed: number }[] = [];
  bench.stderr.on('data', (text: Buffer) => {
    for (const [, tps, latency, failed] of String(text).matchAll(
      /progress: .*? ([\d.]+) tps, lat ([\d.]+) ms.*?(?:, (\d+) failed)?\n/g,
    ))
      told.push({ tps: Number(tps), latency: Number(latency), failed: Number(failed ?? 0) });
  });
  return {
    size: () => told.length,
    async stop() {
      bench.kill('SIGINT');
      await once(bench, 'close');
      return told;
    },
  };
}

/** Runs the command as a user does, in a process of its own, and looks at it and its backend four times a second. */
async function audit() {
  const begun = performance.now();
  const file = join(folder, 'report.json');
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      'cli/main.ts',
      'audit',
      '--database-url',
      server.adminUrl,
      '--trust-database',
      '--config',
      config(),
      '--output',
      file,
      '--quiet',
    ],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'close');
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const most = { memory: 0, backend: 0, snapshot: 0, xids: 0 };
  while (!over) {
    const { rows: seen } = await admin.query<{ pid: number; age: number | null; xids: number | null }>(
      `select pid, extract(epoch from clock_timestamp() - xact_start)::float8 as age, age(backend_xmin) as xids from pg_stat_activity where application_name = 'bulkhead audit'`,
    );
    for (const { pid, age, xids } of seen) {
      most.backend = Math.max(most.backend, look(pid));
      if (xids !== null) most.snapshot = Math.max(most.snapshot, age ?? 0);
      most.xids = Math.max(most.xids, xids ?? 0);
    }
    most.memory = Math.max(most.memory, look(child.pid as number));
    await wait(250);
  }
  const [code] = (await ended) as [number];
  const took = performance.now() - begun;
  const { outcomes } = JSON.parse(readFileSync(file, 'utf8')) as {
    outcomes: { rule: { number: number; name: string }; milliseconds: number; outcome: string; reason?: string }[];
  };
  for (const { rule, outcome, reason } of outcomes)
    if (outcome === 'failed' || outcome === 'not checked') console.log(`  ${rule.number} ${outcome} ${reason ?? ''}`);
  const slowest = [...outcomes].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 4);
  return {
    ...most,
    code,
    took,
    slowest: slowest
      .map(({ rule, milliseconds }) => `${rule.number} ${rule.name} ${seconds(milliseconds)} s`)
      .join(', '),
  };
}

function config(): string {
  const file = join(folder, 'audit.json');
  writeFileSync(file, JSON.stringify({ appRoles: ['bench_app'] }));
  return file;
}

function look(pid: number): number {
  try {
    return memoryOf(pid);
  } catch {
    return 0; // it has ended
  }
}

function ratio(
  one: { tps: number; latency: number }[],
  other: { tps: number; latency: number }[],
  of: 'tps' | 'latency',
): string {
  const mean = (list: { tps: number; latency: number }[]) =>
    list.reduce((sum, each) => sum + each[of], 0) / Math.max(1, list.length);
  return (mean(one) / mean(other)).toFixed(2);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(1);
}
