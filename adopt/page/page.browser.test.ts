import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flaws, hasBrowser, screens } from '../../test/browser.ts';
import { apply } from '../apply.ts';
import { makePlan } from '../make-plan.ts';
import { quarantined } from '../resolve.ts';
import { emptyDatabase } from '../testing/database.ts';
import { servePage } from './serve.ts';

const disputed = readFileSync(join(import.meta.dirname, '../testing/disputed.sql'), 'utf8');

describe.skipIf(!hasBrowser)('in a browser', () => {
  let browser: Awaited<ReturnType<typeof chromium.launch>>;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: process.env.BULKHEAD_CHROMIUM ?? '', args: ['--no-sandbox'] });
    afterAll(() => browser.close());
  });

  test('rows are decided by their buttons and by ticking them, without scripts, on every screen and without a flaw', async () => {
    const { url } = await emptyDatabase(disputed);
    await apply(url, await makePlan(url));
    const served = await servePage(url);
    // Its path and cookie are one browser's.
    const context = await browser.newContext();
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(served.address);
    const shots = process.env.BULKHEAD_SHOTS;
    for (const { colorScheme, viewport } of screens) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      expect(await flaws(page)).toEqual([]);
      if (shots) await page.screenshot({ path: join(shots, `${colorScheme}-${viewport.width}.png`), fullPage: true });
    }
    await page.getByRole('button', { name: 'Give to Nadan, and empty contact_id' }).click();
    await page.getByText('1 row is decided.').waitFor();
    await page.getByRole('link', { name: /public\.messages: nothing says whose/ }).click();
    for (const box of await page.locator('article').getByRole('checkbox').all()) await box.check();
    await page.getByRole('combobox', { name: 'Tenant' }).selectOption({ label: 'Sunstone & <b>Sons</b>' });
    await page.getByRole('button', { name: 'Give', exact: true }).click();
    await page.getByText('2 rows are decided.').waitFor();
    await page.getByRole('article').filter({ hasText: 'Stray' }).getByRole('button', { name: 'Set aside' }).click();
    await page.getByRole('heading', { name: 'Every row has its tenant' }).waitFor();
    expect(await quarantined(url)).toEqual([]);
    await page.getByRole('link', { name: 'Decided' }).click();
    await page.getByText('given to 1, detached').waitFor();
    if (shots) await page.screenshot({ path: join(shots, 'decided.png'), fullPage: true });
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'Put back' }).click();
    await page.getByText('The row is back.').waitFor();
    expect(complaints).toEqual([]);
    await served.close();
  });
});
