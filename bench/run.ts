import { execFileSync, spawn } from 'node:child_process';
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
import { cpuSeconds, memoryOf } from './processes.ts';
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
const port = 8765;
execFileSync(process.execPath, [join(projectRoot, 'scripts/build.mjs'), '--if-stale'], { stdio: 'inherit' });

try {
  await prepareDatabase(database.adminUrl);
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await fill(admin, sizes);
  await admin.query('vacuum analyze');
  await admin.end();

  const server = spawn(process.execPath, [join(projectRoot, 'dist/server/main.js')], {
    env: {
      ...process.env,
      DATABASE_URL: database.adminUrl,
      PORT: String(port),
      NODE_ENV: 'production',
      BULKHEAD_RATE_ADDRESS: '100000000',
      BULKHEAD_RATE_USER: '100000000',
      BULKHEAD_RATE_COMPANY: '100000000',
    },
    stdio: ['ignore', process.env.BENCH_LOG ? 'inherit' : 'ignore', 'inherit'],
  });
  const serverPid = server.pid as number;
  const url = `http://127.0.0.1:${port}`;
  try {
    await until(async () => (await fetch(`${url}/readyz`)).ok);
    console.log(`memory, idle: ${memoryOf(serverPid).toFixed(0)} MB`);
    const tokens = await Promise.all(
      Array.from({ length: sizes.companies }, (_, c) =>
        issueToken({ sessionId: id.session(c), companyId: id.company(c) }, 86_400),
      ),
    );
    console.log(
      '| case | requests/s | p50 ms | p99 ms | CPU server us | CPU database us | pgbench/s (clients) | ratio | target |',
    );
    console.log('|---|---|---|---|---|---|---|---|---|');
    for (const testCase of cases.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      await load(testCase, url, tokens, folder, 3);
      const before = [cpuSeconds(serverPid), cpuSeconds(database.pid, true)] as const;
      const { perSecond, p50, p99, failed } = await load(testCase, url, tokens, folder, seconds);
      const count = perSecond * seconds;
      const [server, db] = [cpuSeconds(serverPid) - before[0], cpuSeconds(database.pid, true) - before[1]].map((s) =>
        ((s / count) * 1e6).toFixed(0),
      );
      const limit = limitOf(testCase, urlFor('bulkhead_app', database.adminUrl), folder, seconds);
      const ratio = perSecond / limit.perSecond;
      console.log(
        `| ${testCase.name} | ${perSecond.toFixed(0)} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${server} | ${db} | ${limit.perSecond.toFixed(0)} (${limit.clients}) | ${ratio.toFixed(2)} | ${testCase.target} |${failed ? ` ${failed} failed` : ''}`,
      );
    }
    console.log(`memory, after: ${memoryOf(serverPid).toFixed(0)} MB`);
  } finally {
    server.kill('SIGTERM');
  }
} finally {
  await database.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 100; i += 1) {
    if (await condition().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server did not come up');
}
