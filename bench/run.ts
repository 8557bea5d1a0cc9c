import { execFileSync } from 'node:child_process';
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
import { startServer } from './server.ts';
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
  await admin.query('vacuum analyze');
  await admin.end();
  const tokens = await Promise.all(
    Array.from({ length: sizes.companies }, (_, c) =>
      issueToken({ sessionId: id.session(c), companyId: id.company(c) }, 86_400),
    ),
  );
  const one = await measured(tokens);
  if (wanted.length === 0) await measureTwo(tokens, one);
} finally {
  await database.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Every case beside pgbench. Gives the requests/s of each. */
async function measured(tokens: string[]): Promise<Map<string, number>> {
  const reached = new Map<string, number>();
  const server = await startServer(database.adminUrl);
  try {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    console.log(`started in ${server.startedIn.toFixed(0)} ms; idle: ${told(server.memory())}`);
    console.log(
      '| case | requests/s | p50 ms | p99 ms | p99/p50 (pgbench) | CPU server us | CPU database us | pgbench/s (clients) | ratio | target |',
    );
    console.log('|---|---|---|---|---|---|---|---|---|---|');
    for (const testCase of cases.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      await load(testCase, server.url, tokens, folder, 3);
      const before = [cpuSeconds(server.pid), cpuSeconds(database.pid, true)] as const;
      const { perSecond, p50, p99, failed } = await load(testCase, server.url, tokens, folder, seconds);
      const count = perSecond * seconds;
      const [own, db] = [cpuSeconds(server.pid) - before[0], cpuSeconds(database.pid, true) - before[1]].map((s) =>
        ((s / count) * 1e6).toFixed(0),
      );
      reached.set(testCase.name, perSecond);
      const limit = limitOf(testCase, urlFor('bulkhead_app', database.adminUrl), folder, seconds);
      const ratio = perSecond / limit.perSecond;
      console.log(
        `| ${testCase.name} | ${perSecond.toFixed(0)} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${(p99 / p50).toFixed(1)} (${limit.spread.toFixed(1)}) | ${own} | ${db} | ${limit.perSecond.toFixed(0)} (${limit.clients}) | ${ratio.toFixed(2)} | ${testCase.target} |${failed ? ` ${failed} failed` : ''}`,
      );
    }
    console.log(`after the load: ${told(server.memory())}`);
  } finally {
    await server.stop();
  }
  return reached;
}

/** The same load on two server processes, beside what one reached. */
async function measureTwo(tokens: string[], one: Map<string, number>): Promise<void> {
  const server = await startServer(database.adminUrl, { BULKHEAD_PROCESSES: '2' });
  try {
    console.log('\n| case | requests/s of two processes | against one |\n|---|---|---|');
    for (const testCase of cases) {
      await load(testCase, server.url, tokens, folder, 3);
      const { perSecond } = await load(testCase, server.url, tokens, folder, seconds);
      const ratio = perSecond / (one.get(testCase.name) as number);
      console.log(`| ${testCase.name} | ${perSecond.toFixed(0)} | ${ratio.toFixed(2)} |`);
    }
  } finally {
    await server.stop();
  }
}

function told({ server, worker }: { server: number; worker: number }): string {
  return `server ${server.toFixed(0)} MB, worker ${worker.toFixed(0)} MB`;
}
