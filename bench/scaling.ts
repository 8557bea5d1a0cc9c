import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { contactPage } from '../features/contacts/server/lists.ts';
import { pageQuery } from '../server/platform/list.ts';
import { encodeCursor } from '../server/platform/paging.ts';
import { startPostgres } from '../server/platform/postgres/start.ts';
import { prepareDatabase } from '../server/tenancy/installation.ts';
import { urlFor } from '../server/tenancy/roles.ts';
import { type Case, cases } from './cases.ts';
import { fill, id, sizes } from './dataset.ts';
import { script } from './pgbench.ts';
import { cpuSeconds } from './processes.ts';

// npm run bench:scaling [-- most companies [most contacts]]: CPU time of the database that one company's requests take, by how many
// companies there are around it; and the pages that its list looks at, by its length. The server's own SQL as the app's role.
const mostCompanies = Number(process.argv[2] ?? 10_000);
const mostContacts = Number(process.argv[3] ?? 1_000_000);
const seconds = Number(process.env.BENCH_SECONDS ?? 3);
/** What each of the companies around holds. */
const AROUND = { contacts: 20, deals: 5 } as const;
const OURS = 0;

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
process.env.BULKHEAD_DATA = folder;
const database = await startPostgres({ dataDir: folder });
const url = urlFor('bulkhead_app', database.adminUrl);
const admin = new pg.Client({ connectionString: database.adminUrl });

try {
  await prepareDatabase(database.adminUrl);
  await admin.connect();
  await byCompanies();
  await byContacts();
} finally {
  await admin.end();
  await database.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function byCompanies() {
  const wanted = cases.filter(({ name }) => name !== 'move a deal');
  await fill(admin, { companies: 1, contacts: sizes.contacts, deals: sizes.deals });
  console.log(`| companies around | ${wanted.map(({ name }) => `${name}, us | ratio`).join(' | ')} |`);
  console.log(`|---|${wanted.map(() => '---|---|').join('')}`);
  let there = 0;
  let first: number[] | undefined;
  for (const around of [1, 100, 10_000].filter((count) => count <= mostCompanies)) {
    await fill(admin, { companies: around - there, ...AROUND, first: 1 + there });
    there = around;
    await admin.query('vacuum analyze');
    const times: number[] = [];
    for (const one of wanted) times.push(await cost(one));
    first ??= times;
    report(around, times, first);
  }
}

async function byContacts() {
  // No list reads it, and it would take most of the time in which a million contacts are written.
  await admin.query('drop index contacts_search');
  const lengths = [1000, 10_000, 100_000, 1_000_000].filter((count) => count <= mostContacts);
  const company = (n: number) => 20_000 + n;
  for (const [n, contacts] of lengths.entries())
    await fill(admin, { companies: 1, contacts, deals: 0, first: company(n) });
  await admin.query('vacuum analyze contacts');
  const cursors: string[] = [];
  for (const [n, contacts] of lengths.entries()) cursors.push(await cursorInTheMiddle(company(n), contacts));
  // By pages of the database, which other work on the machine does not change.
  console.log('| contacts of the company | pages of memory, first page | page in the middle |');
  console.log('|---|---|---|');
  for (const [n, contacts] of lengths.entries()) {
    const [first, middle] = [await pages(company(n)), await pages(company(n), cursors[n])];
    console.log(`| ${contacts} | ${first} | ${middle} |`);
  }
}

/** Pages that the database looks at for a page of the company's list. */
async function pages(c: number, cursor?: string): Promise<number> {
  const { rows } = pageQuery(contactPage({}), { limit: 50, ...(cursor && { cursor }) }, id.company(c));
  const text = script({ name: 'list', target: 0, request: '', query: 'compile' in rows ? rows.compile() : rows });
  const [context = '', statement = ''] = text.slice(text.indexOf('select')).replaceAll(':c', String(c)).split('\n');
  const app = new pg.Client({ connectionString: url });
  await app.connect();
  try {
    await app.query('begin');
    await app.query(context);
    const { rows: plans } = await app.query(`explain (analyze, buffers, format json) ${statement}`);
    const { 'Shared Hit Blocks': hit, 'Shared Read Blocks': read } = plans[0]['QUERY PLAN'][0].Plan;
    return hit + read;
  } finally {
    await app.end();
  }
}

async function cursorInTheMiddle(c: number, contacts: number): Promise<string> {
  const { rows } = await admin.query(
    `select created_at::text, id from contacts where company_id = $1 order by created_at desc, id desc
     offset $2 limit 1`,
    [id.company(c), contacts / 2],
  );
  return encodeCursor([rows[0].created_at, rows[0].id], id.company(c), 'contacts -created_at');
}

/** Microseconds of CPU that the database spends on one transaction of a case, by one client of the company. */
async function cost(testCase: Case): Promise<number> {
  const file = join(folder, 'case.sql');
  writeFileSync(file, script(testCase).replace(/^\\set c .*$/m, `\\set c ${OURS}`));
  const args = ['-n', '-M', 'prepared', '-c', '1', '-T', String(seconds), '-f', file, url];
  const before = cpuSeconds(database.pid, true);
  const output = execFileSync('pgbench', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  // Its backend is on its way out: neither among the living nor among those that ended.
  await setTimeout(300);
  const count = Number(/actually processed: (\d+)/.exec(output)?.[1]);
  return Math.round(((cpuSeconds(database.pid, true) - before) * 1e6) / count);
}

function report(size: number, times: number[], first: number[]) {
  const cells = times.map((time, i) => `${time} | ${(time / (first[i] as number)).toFixed(2)}`);
  console.log(`| ${size} | ${cells.join(' | ')} |`);
}
