import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../server/platform/postgres/start.ts';
import { projectRoot } from '../server/platform/project-root.ts';
import { issueToken } from '../server/platform/token.ts';
import { prepareDatabase } from '../server/tenancy/installation.ts';
import { urlFor } from '../server/tenancy/roles.ts';
import { cases } from './cases.ts';
import { fill, id, sizes } from './dataset.ts';
import { limitOf } from './pgbench.ts';
import { cpuSeconds } from './processes.ts';
import { type BenchServer, startServer } from './server.ts';
import { load } from './wrk.ts';

// npm run bench [-- name ...]: what the server reaches, beside what PostgreSQL alone reaches with the same SQL.
const seconds = Number(process.env.BENCH_SECONDS ?? 6);
const wanted = process.argv.slice(2);
for (const tool of ['pgbench', 'wrk']) {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' });
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') continue; // wrk says its version with an exit code of 1
    console.error(`${tool} is missing: apt-get install postgresql-contrib wrk`);
    process.exit(1);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
process.env.BULKHEAD_DATA = folder;
const database = await startPostgres({ dataDir: folder });
execFileSync(process.execPath, [join(projectRoot, 'scripts/build.mjs'), '--if-stale'], { stdio: 'inherit' });

try {
  await prepareDatabase(database.adminUrl);
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await fill(admin, sizes);
  await admin.end();
  const tokens = await Promise.all(
    Array.from({ length: sizes.companies }, (_, c) =>
      issueToken({ sessionId: id.session(c), companyId: id.company(c) }, 86_400),
    ),
  );
  await measure(tokens);
} finally {
  await database.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Every case on one server process, on two, and as pgbench does it. */
async function measure(tokens: string[]): Promise<void> {
  const one = await startServer(database.adminUrl);
  const servers = [one];
  try {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    console.log(`started in ${one.startedIn.toFixed(0)} ms; idle: ${told(one.memory())}`);
    console.log(`${(await bareHttp(tokens)).toFixed(0)} us CPU for a request that Node answers with a constant`);
    const two = await startServer(database.adminUrl, { BULKHEAD_PROCESSES: '2' });
    servers.push(two);
    console.log(
      '| case | requests/s | p50 ms | p99 ms | p99/p50 (pgbench) | CPU server us | CPU database us | pgbench/s (clients) | ratio | target | two processes against one |',
    );
    console.log('|---|---|---|---|---|---|---|---|---|---|---|');
    for (const testCase of cases.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      const run = (server: BenchServer, time = seconds) => load(testCase, server.url, tokens, folder, time);
      await tidyUp();
      await run(one, 3);
      await run(two, 3);
      // One, two, two, one: what the machine does meanwhile falls on both.
      const [first, cpu] = await withCpu(one, () => run(one));
      const rates = [await run(two), await run(two)].map(({ perSecond }) => perSecond);
      const last = await run(one);
      const perSecond = (first.perSecond + last.perSecond) / 2;
      const apart = (rates[0] as number) + (rates[1] as number);
      await tidyUp();
      const limit = limitOf(testCase, urlFor('bulkhead_app', database.adminUrl), folder, seconds);
      const failed = first.failed + last.failed;
      const cells = [
        testCase.name,
        perSecond.toFixed(0),
        first.p50.toFixed(1),
        first.p99.toFixed(1),
        `${(first.p99 / first.p50).toFixed(1)}, ${(last.p99 / last.p50).toFixed(1)} (${limit.spread.toFixed(1)})`,
        ...cpu.map((used) => ((used / (first.perSecond * seconds)) * 1e6).toFixed(0)),
        `${limit.perSecond.toFixed(0)} (${limit.clients})`,
        (perSecond / limit.perSecond).toFixed(2),
        testCase.target,
        (apart / 2 / perSecond).toFixed(2),
      ];
      console.log(`| ${cells.join(' | ')} |${failed ? ` ${failed} failed` : ''}`);
    }
    console.log(`after the load: ${told(one.memory())}`);
  } finally {
    for (const server of servers) await server.stop();
  }
}

/** Server and pgbench begin alike: what earlier cases left to be vacuumed would be read, or vacuumed, during one of them only. */
async function tidyUp(): Promise<void> {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query('vacuum analyze');
  await admin.end();
}

/** What a run gave, and the CPU seconds of server and database that it took. */
async function withCpu<T>(server: BenchServer, run: () => Promise<T>): Promise<[T, number[]]> {
  const used = () => [cpuSeconds(server.pid), cpuSeconds(database.pid, true)] as const;
  const before = used();
  const given = await run();
  return [given, used().map((now, at) => now - (before[at] as number))];
}

/** CPU of Node's own HTTP for an answer of a kilobyte, in microseconds: no server in Node takes less. */
async function bareHttp(tokens: string[]): Promise<number> {
  const server = spawn(process.execPath, [join(projectRoot, 'bench/bare-http.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [said] = (await once(server.stdout, 'data')) as [Buffer];
    const url = `http://127.0.0.1:${Number(said)}`;
    const [point] = cases as [(typeof cases)[number]];
    await load(point, url, tokens, folder, 2);
    const before = cpuSeconds(server.pid as number);
    const { perSecond } = await load(point, url, tokens, folder, seconds);
    return ((cpuSeconds(server.pid as number) - before) / (perSecond * seconds)) * 1e6;
  } finally {
    server.kill();
  }
}

function told({ server, worker }: { server: number; worker: number }): string {
  return `server ${server.toFixed(0)} MB, worker ${worker.toFixed(0)} MB`;
}
