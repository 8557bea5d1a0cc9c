import { rmSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, logIn, screens } from '../../../test/browser.ts';
import { createWorld, type World } from '../../../test/harness.ts';
import { runJobs } from '../../../test/jobs.ts';
import { anAddress, PASSWORD, register } from '../../auth/server/testing/logins.ts';
import imports from '../../imports/server/feature.ts';
import { fixture, folderOf } from '../../imports/server/testing/importer.ts';

const WITHIN_MS = 120_000;

describe.runIf(hasBrowser)('the first steps of a company', { timeout: 150_000 }, () => {
  let world: World;
  let desk: Desk;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    return async () => {
      const { rows } = await world.admin.query('select id from companies').catch(() => ({ rows: [] }));
      for (const { id } of rows) rmSync(folderOf(id), { recursive: true, force: true });
    };
  });

  test('lead from the registration to the first imported contacts in under two minutes', async () => {
    const page = await desk.open('/register');
    const began = performance.now();
    await page.getByLabel('Company').fill('Fjordline');
    await page.getByLabel('First name').fill('Ada');
    await page.getByLabel('Last name').fill('Lovelace');
    await page.getByLabel('E-mail').fill(anAddress());
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    const guide = page.getByRole('region', { name: 'First steps' });
    await guide.getByText('0 of 3 done').waitFor();
    await guide.getByRole('link', { name: 'Import your contacts' }).click();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'hubspot.csv', mimeType: 'text/csv', buffer: await fixture('hubspot.csv') });
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Start import' }).click();
    await page.getByRole('progressbar').waitFor();
    await runJobs(world, [imports]);
    await page.getByText('Finished').waitFor();
    await page.goto('/contacts');
    await page.getByRole('row', { name: /Ingrid Sørensen/ }).waitFor();
    expect(performance.now() - began).toBeLessThan(WITHIN_MS);
    await page.goto('/');
    await guide.getByText('1 of 3 done').waitFor();
    await guide.getByRole('link', { name: 'Import your contacts Done.' }).waitFor();
  });

  test('are put away for good, and are not shown to those who cannot invite', async () => {
    const { email, body } = await register(world);
    const page = await desk.open('/');
    await logIn(page, email, PASSWORD);
    const guide = page.getByRole('region', { name: 'First steps' });
    await guide.getByRole('button', { name: 'Put the first steps away' }).click();
    await guide.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await guide.count()).toBe(0);

    // A company keeps an administrator.
    await world.person(body.user.company_id, 'company_admin');
    await world.admin.query(`update users set user_role = 'sales_rep' where id = $1`, [body.user.id]);
    const other = await desk.open('/');
    await logIn(other, email, PASSWORD);
    await other.getByRole('heading', { level: 1 }).waitFor();
    expect(await other.getByRole('region', { name: 'First steps' }).count()).toBe(0);
  });

  test.each(screens)('are accessible, %o', async (screen) => {
    const { email } = await register(world);
    const page = await desk.open('/', screen);
    await logIn(page, email, PASSWORD);
    await page.getByRole('region', { name: 'First steps' }).waitFor();
    await page.getByRole('region', { name: 'Leaderboard' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
