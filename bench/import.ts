import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { writeLargeCsv, writeLargeXlsx } from '../features/imports/server/fixtures/large-files.ts';
import { pathOf } from '../features/imports/server/import-file.ts';
import { guessMapping } from '../features/imports/server/mapping/guess-mapping.ts';
import { openTable } from '../features/imports/server/parse/open-table.ts';
import { startPostgres } from '../server/platform/postgres/start.ts';
import { projectRoot } from '../server/platform/project-root.ts';
import { prepareDatabase } from '../server/tenancy/installation.ts';
import { urlFor } from '../server/tenancy/roles.ts';

// npx tsx bench/import.ts [rows]: seconds and memory of imports, beside PostgreSQL's own COPY of the same rows.
const rows = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
chmodSync(folder, 0o755);
process.env.BULKHEAD_DATA = folder;
const database = await startPostgres({ dataDir: join(folder, 'postgres') });
const run = promisify(execFile);
const admin = new pg.Client({ connectionString: database.adminUrl });

interface Measured {
  seconds: number;
  cpuSeconds: number;
  heapMb: number;
  peakRssMb: number;
}

try {
  await prepareDatabase(database.adminUrl);
  await admin.connect();
  console.log('| what | rows | seconds | rows/s | CPU s of the worker | live heap MB | peak RSS MB |');
  console.log('|---|---|---|---|---|---|---|');
  for (const count of [rows / 10, rows]) {
    const it = await prepare('csv', count);
    report('import of a CSV file', count, await measure(it, 'import'));
    if (count !== rows) continue;
    const again = await prepare('csv', count, it);
    report('the same again, all duplicates', count, await measure(again, 'import'));
    report('undo of the import', count, await measure(it, 'undo'));
  }
  report('import of a workbook', rows, await measure(await prepare('xlsx', rows), 'import'));
  for (const triggers of [true, false]) {
    const { companyId, userId, path } = await prepare('csv', rows);
    const copied = join(folder, `copy-${triggers}.csv`);
    copyFileSync(path, copied);
    chmodSync(copied, 0o644);
    await admin.query(`set session_replication_role = ${triggers ? 'origin' : 'replica'}`);
    await admin.query(`select set_config('app.company_id', $1, false), set_config('app.user_id', $2, false)`, [
      companyId,
      userId,
    ]);
    const started = performance.now();
    await admin.query(
      `copy contacts (first_name, last_name, email, phone, company, city, notes, lead_score)
       from '${copied}' with (format csv, header)`,
    );
    const seconds = (performance.now() - started) / 1000;
    report(`COPY ${triggers ? 'with the audit log' : 'without triggers'}`, rows, { seconds });
    await admin.query('set session_replication_role = origin');
  }
} finally {
  await admin.end();
  await database.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function report(
  what: string,
  count: number,
  { seconds, cpuSeconds, heapMb, peakRssMb }: Partial<Measured> & { seconds: number },
) {
  const figures = [count, seconds.toFixed(1), (count / seconds).toFixed(0), cpuSeconds?.toFixed(1), heapMb, peakRssMb];
  console.log(`| ${what} | ${figures.map((figure) => figure ?? '').join(' | ')} |`);
}

/** A company with an import that is queued. */
async function prepare(kind: 'csv' | 'xlsx', count: number, of?: { companyId: string; userId: string }) {
  const one = async (sql: string, values: unknown[]): Promise<string> => (await admin.query(sql, values)).rows[0].id;
  const companyId = of?.companyId ?? (await one(`insert into companies (name) values ('Bench') returning id`, []));
  const userId =
    of?.userId ??
    (await one(
      `insert into users (company_id, email, user_role, first_name, last_name)
       values ($1, $2, 'company_admin', 'Ada', 'L') returning id`,
      [companyId, `${randomUUID()}@example.com`],
    ));
  const key = randomUUID();
  const path = pathOf(companyId, key);
  await (kind === 'csv' ? writeLargeCsv : writeLargeXlsx)(path, count);
  const table = await openTable(path);
  const sample: string[][] = [];
  for await (const { cells } of table.rows()) {
    sample.push(cells);
    if (sample.length >= 100) break;
  }
  await table.close();
  const hash = createHash('sha256').update(readFileSync(path)).digest();
  const importId = await one(
    `insert into imports (company_id, user_id, kind, file_name, file_key, file_bytes, file_hash, source, headers, mapping, status)
     values ($1, $2, $3, 'large', $4, $5, $6, 'unknown', $7, $8, 'queued') returning id`,
    [
      companyId,
      userId,
      kind,
      key,
      statSync(path).size,
      hash,
      JSON.stringify(table.headers),
      JSON.stringify(guessMapping(table.headers, sample).columns),
    ],
  );
  return { companyId, userId, importId, path };
}

async function measure(
  it: { companyId: string; userId: string; importId: string },
  work: 'import' | 'undo',
): Promise<Measured> {
  if (work === 'undo') await admin.query(`update imports set status = 'undo_queued' where id = $1`, [it.importId]);
  const script = join(projectRoot, 'features/imports/server/testing/measured-import.ts');
  const url = urlFor('bulkhead_app', database.adminUrl);
  const { stdout } = await run(process.execPath, [
    '--expose-gc',
    '--import',
    'tsx',
    script,
    url,
    it.companyId,
    it.userId,
    it.importId,
    work,
  ]);
  const { rows: after } = await admin.query('select * from imports where id = $1', [it.importId]);
  if (!['finished', 'undone'].includes(after[0].status))
    throw new Error(`${after[0].status}: ${after[0].failure_message}`);
  return JSON.parse(stdout);
}
