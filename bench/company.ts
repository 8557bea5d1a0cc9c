import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readArchive } from '../operations/archive/read-archive.ts';
import { manifestOf, writeArchive } from '../operations/archive/write-archive.ts';
import { purgeCompany } from '../operations/company/delete-company.ts';
import { differences } from '../operations/company/differences.ts';
import { importCompany } from '../operations/company/import-company.ts';
import { findCompany } from '../operations/find-company.ts';
import { reading } from '../operations/operator.ts';
import { startPostgres } from '../server/platform/postgres/start.ts';
import { prepareDatabase } from '../server/tenancy/installation.ts';
import { fill, id } from './dataset.ts';

// npx tsx bench/company.ts [contacts]: what it takes to export, verify, remove and bring back a large company beside a small
// one, as a superuser and as the tables' ordinary owner. The other company writes meanwhile, and says how long it waited.
const contacts = Number(process.argv[2] ?? 200_000);
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
chmodSync(folder, 0o755);
process.env.BULKHEAD_DATA = folder;
const database = await startPostgres({ dataDir: join(folder, 'postgres') });
const { adminUrl } = database;
const admin = new pg.Client({ connectionString: adminUrl });
const files = join(folder, 'files');
const archive = join(folder, 'company.zip');
let peak = 0;
const memory = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 100);

try {
  await prepareDatabase(adminUrl);
  await admin.connect();
  await fill(admin, { companies: 1, contacts, deals: contacts / 4 });
  await fill(admin, { companies: 1, contacts: 1000, deals: 100, first: 1 });
  await admin.query('vacuum analyze');
  const company = await reading(adminUrl, (client) => findCompany(client, id.company(0)));
  console.log('| what | seconds | peak RSS MB | slowest write of another company |\n|---|---|---|---|');
  const made = await measured(`export of ${contacts} contacts, ${contacts / 4} deals`, () =>
    reading(adminUrl, (client) => writeArchive(client, company, files, archive)),
  );
  console.log(`| (archive) | ${(statSync(archive).size / 1e6).toFixed(1)} MB | | |`);
  await measured('verify against the archive', async () => {
    const wrong = differences(made, await reading(adminUrl, (client) => manifestOf(client, company, files)));
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  });
  for (const [who, url] of [
    ['a superuser', adminUrl],
    ['the tables’ owner', await ordinaryOwner()],
  ] as const) {
    await measured('removal of all its rows', () => purgeCompany(adminUrl, files, company));
    await measured(`import as ${who}, compared by counts and hashes`, async () => {
      const open = await readArchive(archive);
      await importCompany(url, files, open).finally(() => open.close());
    });
  }
} finally {
  clearInterval(memory);
  await admin.end();
  await database.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Times the work while another company writes. */
async function measured<T>(what: string, work: () => Promise<T>): Promise<T> {
  const writer = otherCompanyWrites();
  peak = 0;
  const begun = performance.now();
  const done = await work();
  const seconds = (performance.now() - begun) / 1000;
  const slowest = await writer.stop();
  console.log(`| ${what} | ${seconds.toFixed(1)} | ${(peak / 1e6).toFixed(0)} | ${slowest.toFixed(0)} ms |`);
  return done;
}

function otherCompanyWrites() {
  let [slowest, on] = [0, true];
  const writing = (async () => {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    await client.query(`select set_config('app.company_id', $1, false), set_config('app.user_id', $2, false)`, [
      id.company(1),
      id.user(1),
    ]);
    while (on) {
      const begun = performance.now();
      await client.query(`update contacts set title = 'Head of ' || $3 where company_id = $1 and id = $2`, [
        id.company(1),
        id.contact(1, 7),
        String(begun),
      ]);
      slowest = Math.max(slowest, performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await client.end();
  })();
  return {
    async stop() {
      on = false;
      await writing;
      return slowest;
    },
  };
}

/** Such a role as a hosted database gives to its owner: of the roles of Bulkhead, and no superuser. */
async function ordinaryOwner(): Promise<string> {
  await admin.query(`
    create role hosted_owner login password 'of tables' nosuperuser noinherit;
    grant bulkhead_owner, bulkhead_gate to hosted_owner;
    grant connect on database ${new URL(adminUrl).pathname.slice(1)} to hosted_owner;
    grant usage on schema migrations to hosted_owner;
    grant select on migrations.applied to hosted_owner`);
  const url = new URL(adminUrl);
  [url.username, url.password] = ['hosted_owner', 'of tables'];
  return url.href;
}
