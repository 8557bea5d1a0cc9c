import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Browser, chromium, type Page } from 'playwright-core';
import { loadDemo, stories } from '../demo/load.ts';
import { hashPassword } from '../server/platform/password.ts';
import { startPostgres } from '../server/platform/postgres/start.ts';
import { projectRoot } from '../server/platform/project-root.ts';
import { prepareDatabase } from '../server/tenancy/installation.ts';
import { fill, id } from './dataset.ts';
import { fetchedScripts } from './fetched-scripts.ts';
import { paintsOf, quantile, scrollGrid, type Tries, watchPaints } from './interactions.ts';
import { startServer } from './server.ts';

// npm run bench:web: what people wait for in the browser, beside the limits that docs/benchmarks.md names.
const CONTACTS = 100_000;
const TRIES = 10;
const PASSWORD = 'correct horse battery';
const MANY = 'admin0@example.com';
const DEMO = `${stories[0]?.people[0]?.first}.${stories[0]?.people[0]?.last}@${stories[0]?.domain}`.toLowerCase();

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
process.env.BULKHEAD_DATA = folder;
const database = await startPostgres({ dataDir: folder });
execFileSync(process.execPath, [join(projectRoot, 'scripts/build.mjs'), '--if-stale'], { stdio: 'inherit' });

try {
  await prepareDatabase(database.adminUrl);
  await fillDatabase();
  const server = await startServer(database.adminUrl);
  const executablePath = process.env.BULKHEAD_CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    console.log('| what | reached | limit |\n|---|---|---|');
    const demo = await enter(browser, server.url, DEMO, true);
    await measureInteractions(demo);
    await measureList(await enter(browser, server.url, MANY, false));
  } finally {
    await browser.close();
    await server.stop();
  }
} finally {
  await database.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function fillDatabase(): Promise<void> {
  const hash = await hashPassword(PASSWORD);
  const today = new Date().toISOString().slice(0, 10);
  await loadDemo({ adminUrl: database.adminUrl, today, hashes: new Map([[DEMO, hash]]) });
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await fill(admin, { companies: 1, contacts: CONTACTS, deals: 100 });
  await admin.query(
    'insert into login_identities (email, company_id, user_id, password_hash) values ($1, $2, $3, $4)',
    [MANY, id.company(0), id.user(0), hash],
  );
  await admin.query('vacuum analyze');
  await admin.end();
}

/** Logs in; tells what scripts that took, if asked to. */
async function enter(browser: Browser, baseURL: string, email: string, tells: boolean): Promise<Page> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await watchPaints(page);
  const scripts = fetchedScripts(page);
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(email);
  if (tells) row('script before the login can be used', `${kilobytes(scripts.weight())} gzipped`, '250 kB');
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('region').first().waitFor();
  if (tells) {
    scripts.names.clear();
    await page.goto('/dashboard');
    await page.getByRole('region', { name: 'Leaderboard' }).waitFor();
    row('script before the dashboard can be used', `${kilobytes(scripts.weight())} gzipped`, '250 kB');
  }
  return page;
}

async function measureInteractions(page: Page): Promise<void> {
  const rows = page
    .getByRole('grid')
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });
  await page.goto('/contacts');
  await rows.nth(3).waitFor();
  const search = page.getByRole('searchbox').first();
  await search.click();
  row(
    'typing in the search of contacts',
    told(await paintsOf(page, TRIES, (n) => page.keyboard.press('marisol h'[n % 9] as string))),
    '100 ms',
  );
  await search.fill('');
  await rows.nth(3).waitFor();
  const open = paintsOf(page, TRIES, async (n) => {
    await rows
      .nth(n % 5)
      .getByRole('gridcell')
      .nth(1)
      .click();
    await page.getByRole('complementary').last().waitFor();
  });
  row('opening a contact', told(await open), '100 ms');

  await page.goto('/deals');
  const cards = page.locator('[data-card]');
  await cards.first().waitFor();
  row(
    'opening a deal',
    told(
      await paintsOf(page, TRIES, async (n) => {
        await cards.nth(n % 4).click();
        await page.getByRole('complementary').last().waitFor();
      }),
    ),
    '100 ms',
  );
  await page.goto('/deals');
  await cards.first().waitFor();
  row('dragging a deal', told(await paintsOf(page, TRIES, (n) => drag(page, n))), '100 ms');
  row(
    'opening the palette',
    told(
      await paintsOf(page, TRIES, async () => {
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox').last().waitFor();
        await page.keyboard.press('Escape');
      }),
    ),
    '100 ms',
  );
}

/** The first card of the first column that has one, to the next column: picked up, carried and dropped. */
async function drag(page: Page, nth: number): Promise<void> {
  const columns = page.locator('[data-cards]');
  const from = await columns
    .nth(nth % 2)
    .locator('[data-card]')
    .first()
    .boundingBox();
  const to = await columns.nth(1 - (nth % 2)).boundingBox();
  if (!from || !to) throw new Error('the first two stages have no deals');
  await page.mouse.move(from.x + 40, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 80, from.y + 40, { steps: 12 });
  await page.mouse.up();
}

async function measureList(page: Page): Promise<void> {
  const rows = page.getByRole('grid').getByRole('row', { name: /@company0/ });
  const first: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    const began = performance.now();
    await page.goto('/contacts');
    await rows.first().waitFor();
    first.push(performance.now() - began);
  }
  row(
    '100,000 contacts: first rows, the page loaded anew',
    told({ median: quantile(first, 0.5), worst: Math.max(...first) }),
    '1 s',
  );
  for (const [name, step] of [
    ['read', 20],
    ['flung', 300],
  ] as const) {
    const { times, blank } = await scrollGrid(page, 300, step);
    const frames = `frames of ${quantile(times, 0.5).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms`;
    row(
      `scrolling as ${name}, ${step} pixels a frame`,
      `${frames}; blank rows in ${((blank / times.length) * 100).toFixed(0)} %`,
      '60 frames a second; no blank rows',
    );
  }
  await page.getByRole('grid').focus();
  const began = performance.now();
  await page.keyboard.press('End');
  await page.getByRole('row', { name: `contact${CONTACTS - 1}@` }).waitFor();
  row('to the end of the list', `${(performance.now() - began).toFixed(0)} ms`, '1 s');
}

function row(what: string, reached: string, limit: string): void {
  console.log(`| ${what} | ${reached} | ${limit} |`);
}

function told({ median, worst }: Tries): string {
  return `median ${median.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
