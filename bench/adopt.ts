import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { apply, makePlan, rollback, verify } from '../adopt/index.ts';
import { startPostgres } from '../server/platform/postgres/start.ts';

// npx tsx bench/adopt.ts [rows] [owner]: adopts a table of five million rows under pgbench, and tells what the load felt of it:
// first of one that comes as the tables' owner, then, for FORCE, of one that comes as the app's role with its company set.
// With `owner`, a role that is no superuser adopts tables of its own, one with a trigger, which has to be switched off for each batch.
const accounts = Number(process.argv[2] ?? 5_000_000);
const byOwner = process.argv[3] === 'owner';
const clients = 4;
let loads = 0;
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
const server = await startPostgres({ dataDir: folder });
const admin = new pg.Client({ connectionString: server.adminUrl });

/** What the load does as the app's role: the same, with the company set, and within it. The accounts of one end in the same digits. */
const scriptOfApp = `\\set r random(1, 100)
\\set a :r + 100 * random(0, ${Math.floor(accounts / 100) - 1})
\\set b :r + 100 * random(0, ${Math.floor(accounts / 100) - 1})
\\set c 1 + (1 + :r) % 100
\\set d random(-500, 500)
begin;
select set_config('app.company_id', (:c::integer)::text, true);
update accounts set balance = balance + :d::integer where id = least(:a::bigint, :b::bigint);
update accounts set balance = balance - :d::integer where id = greatest(:a::bigint, :b::bigint);
select u.name from users u join accounts a on a.user_id = u.id where a.id = :a;
insert into history (account_id, delta) values (:a, :d);
commit;
`;

/** What the load does: read and change an account, read a user, write a line into the history. Money is neither made nor lost. */
const script = `\\set a random(1, ${accounts})
\\set b random(1, ${accounts})
\\set d random(-500, 500)
begin;
update accounts set balance = balance + :d::integer where id = least(:a::bigint, :b::bigint);
update accounts set balance = balance - :d::integer where id = greatest(:a::bigint, :b::bigint);
select u.name from users u join accounts a on a.user_id = u.id where a.id = :a;
insert into history (account_id, delta) values (:a, :d);
commit;
`;

try {
  await admin.connect();
  await admin.query(
    `
    create table companies (id integer primary key, name text not null);
    create table users (id integer primary key, company_id integer not null references companies (id), name text not null);
    create table accounts (id bigint primary key, user_id integer not null references users (id), balance bigint not null default 0, filler text not null, number text unique);
    create index on accounts (user_id);
    create table history (id bigserial primary key, account_id bigint not null references accounts (id), delta integer not null);
    insert into companies select i, 'Company ' || i from generate_series(1, 100) i;
    insert into users select i, 1 + i % 100, 'User ' || i from generate_series(1, 10000) i;
    insert into accounts (id, user_id, filler, number) select i, 1 + i % 10000, repeat('x', 40), 'N' || i from generate_series(1, ${accounts}) i`,
  );
  const url = byOwner ? await giveToOwner() : server.adminUrl;
  await admin.query('vacuum analyze');
  const plan = await makePlan(url, { tenantTable: 'companies' });
  const load = startLoad(url, script);
  const waits = watchWaits();
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const begun = performance.now();
  const phases = new Map<string, number>();
  let since = begun;
  const applied = await apply(url, plan, {
    through: 'policies',
    onProgress: ({ phase, state }) => {
      if (state !== 'done') return;
      const now = performance.now();
      phases.set(phase, (phases.get(phase) ?? 0) + now - since);
      since = now;
    },
  });
  const seconds = (performance.now() - begun) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const { longest } = await waits.stop();
  const told = await load.stop();
  // Now the application comes as its own role, each transaction with its company, and FORCE meets it at work.
  const ours = new URL(server.adminUrl);
  [ours.username, ours.password] = [plan.decisions.app_role, 'of the bench'];
  await admin.query(`alter role ${plan.decisions.app_role} password 'of the bench'`);
  const appLoad = startLoad(ours.href, scriptOfApp);
  const appWaits = watchWaits();
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const forcing = performance.now();
  await apply(url, plan, { through: 'force' });
  const forced = (performance.now() - forcing) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  // There and back, for whoever finds that something still comes as the owner.
  await rollback(url, { to: 'policies' });
  await apply(url, plan, { through: 'force' });
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const { longest: longestOfApp } = await appWaits.stop();
  const toldOfApp = await appLoad.stop();
  const { checks } = await verify(url, { moving: true });
  const { rows } = await admin.query<{ accounts: string; balance: string; history: string }>(
    'select (select count(*) from accounts) as accounts, (select sum(balance) from accounts) as balance, (select count(*) from history) as history',
  );
  console.log(`| accounts | ${accounts}, ${clients} clients of pgbench |\n|---|---|`);
  console.log(
    `| adoption | ${applied.state} in ${seconds.toFixed(0)} s (${[...phases].map(([phase, ms]) => `${phase} ${(ms / 1000).toFixed(1)} s`).join(', ')}) |`,
  );
  console.log(`| load | ${told.done} transactions, ${told.failed} failed, slowest ${told.slowest.toFixed(0)} ms |`);
  console.log(`| longest wait for a lock seen | ${longest.toFixed(0)} ms |`);
  console.log(
    `| FORCE | in ${forced.toFixed(1)} s, taken back and put on again, under the same load as the app's role |`,
  );
  console.log(
    `| load of the app's role | ${toldOfApp.done} transactions, ${toldOfApp.failed} failed, slowest ${toldOfApp.slowest.toFixed(0)} ms |`,
  );
  console.log(`| longest wait for a lock seen then | ${longestOfApp.toFixed(0)} ms |`);
  console.log(
    `| nothing lost | ${rows[0]!.accounts} accounts, sum ${rows[0]!.balance} (0 wanted), ${rows[0]!.history} lines for ${told.done + toldOfApp.done} transactions |`,
  );
  for (const { name, detail } of checks.filter(({ ok }) => !ok)) console.log(`| NOT ${name} | ${detail} |`);
  const back = performance.now();
  const undone = await rollback(url);
  console.log(`| rollback | ${undone} steps in ${((performance.now() - back) / 1000).toFixed(0)} s |`);
} finally {
  await admin.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Gives the tables to a role that is no superuser, and one of them a trigger; where that role connects. */
async function giveToOwner(): Promise<string> {
  await admin.query(`
    create role shop_owner login bypassrls createrole password 'of the bench';
    grant create on database postgres to shop_owner; alter schema public owner to shop_owner;
    alter table companies owner to shop_owner; alter table users owner to shop_owner; alter table accounts owner to shop_owner; alter table history owner to shop_owner;
    alter table accounts add changed timestamptz;
    create function changed() returns trigger language plpgsql as 'begin new.changed := now(); return new; end';
    alter function changed owner to shop_owner;
    create trigger changed before update on accounts for each row execute function changed()`);
  const url = new URL(server.adminUrl);
  [url.username, url.password] = ['shop_owner', 'of the bench'];
  return url.href;
}

/** Runs after runs of pgbench, each ended in order, so that its log is whole. */
function startLoad(url: string, script: string) {
  const file = join(folder, `load${loads++}.sql`);
  writeFileSync(file, script);
  let [slowest, done, failed, on] = [0, 0, 0, true];
  const running = (async () => {
    for (let run = 0; on; run += 1) {
      const called = `${basename(file)}-run${run}`;
      const log = join(folder, called);
      const args = [
        '-n',
        '-c',
        String(clients),
        '-j',
        '1',
        '-T',
        '10',
        '-R',
        '200',
        '-M',
        'prepared',
        '-f',
        file,
        '-l',
        '--log-prefix',
        log,
      ];
      const child = spawn('pgbench', [...args, url], { stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      child.stderr.on('data', (data) => {
        said += data;
      });
      const code = await new Promise((resolve) => child.on('close', resolve));
      if (code !== 0) {
        failed += 1;
        console.error(said);
      }
      for (const name of readdirSync(folder).filter((each) => each.startsWith(`${called}.`))) {
        for (const line of readFileSync(join(folder, name), 'utf8').trim().split('\n')) {
          // client, number, microseconds, script, seconds, microseconds, lag behind its schedule
          const [, , took, , , , lag] = line.split(' ').map(Number);
          done += 1;
          slowest = Math.max(slowest, (took! - (lag ?? 0)) / 1000);
        }
      }
    }
  })();
  return {
    async stop() {
      on = false;
      await running;
      return { done, failed, slowest };
    },
  };
}

/** Looks every 20 ms for how long a session of the load has been waiting for a lock. */
function watchWaits() {
  let [longest, on] = [0, true];
  const watching = (async () => {
    const client = new pg.Client({ connectionString: server.adminUrl });
    await client.connect();
    while (on) {
      const { rows } = await client.query<{ ms: number | null }>(
        `select max(extract(epoch from clock_timestamp() - l.waitstart) * 1000)::float8 as ms from pg_locks l join pg_stat_activity a using (pid)
         where not l.granted and a.application_name <> 'bulkhead adopt'`,
      );
      longest = Math.max(longest, rows[0]!.ms ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await client.end();
  })();
  return {
    async stop() {
      on = false;
      await watching;
      return { longest };
    },
  };
}
