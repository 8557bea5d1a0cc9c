import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../audit/report/report.ts';
import { unsealed } from '../../../audit/report/seal.ts';
import { runNextAudit } from '../../../audit/runs.ts';
import { createDesk, type Desk, flaws, hasBrowser, logIn, screens, staffWithPassword } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('the pages of isolation', { timeout: 240_000 }, () => {
  let world: World;
  let desk: Desk;
  let root: Awaited<ReturnType<typeof staffWithPassword>>;
  let nadan: Person;

  beforeAll(async () => {
    world = await createWorld();
    root = await staffWithPassword(world);
    nadan = (await world.company('Nadan')).admin;
    await world.company('Sunstone');
    await nadan.post('/api/contacts', { first_name: 'Grace', last_name: 'Hopper' });
    desk = await createDesk(world);
  });

  async function staff(screen = {}): Promise<Page> {
    const page = await desk.open('/', screen);
    await logIn(page, root.email, root.password);
    await page.getByRole('heading', { name: 'Companies' }).waitFor();
    await page.goto('/isolation');
    await page.getByRole('heading', { name: 'Isolation', exact: true }).waitFor();
    return page;
  }
  async function auditWithAStray(): Promise<void> {
    await world.admin.query('create table strays (id uuid primary key); alter table strays owner to bulkhead_owner');
    try {
      expect(await runNextAudit(world.adminUrl)).toBe(true);
    } finally {
      await world.admin.query('drop table strays');
    }
  }
  const saved = async (page: Page, button: string) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByText(button).click()]);
    return readFileSync(await file.path(), 'utf8');
  };

  test('a super admin runs an audit, sees what it found with its mend and its page, and takes a signed report along', async () => {
    const page = await staff();
    await page.getByText('No audit yet').waitFor();
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('progressbar', { name: 'Audit under way' }).waitFor();
    expect(await page.getByRole('button', { name: 'Run now' }).isDisabled()).toBe(true);
    await auditWithAStray();
    await page.getByText('Not isolated').first().waitFor();
    await page.getByText('alter table public.strays add column').first().waitFor();
    await page.getByText('What this means and how to mend it').first().click();
    await page.getByText('cannot be guarded by any policy').waitFor();
    await page.getByRole('button', { name: 'Download' }).click();
    const report: Report = JSON.parse(await saved(page, 'JSON, to verify'));
    expect(unsealed(report)).toBeUndefined();
    expect(report.score.verdict).toBe('broken');
  });

  test('the schedule is set by keyboard and kept', async () => {
    const page = await staff();
    await page.getByRole('switch', { name: 'Audit every night' }).press('Space');
    await page.getByText('The schedule is saved.').waitFor();
    await expect.poll(async () => (await root.get('/api/platform/isolation')).body.schedule.nightly).toBe(false);
    await page.getByRole('switch', { name: 'Audit every night' }).press('Space');
    await expect.poll(async () => (await root.get('/api/platform/isolation')).body.schedule.nightly).toBe(true);
  });

  test("a company's admin sees its own trust page, who was there, and downloads a report of nothing else", async () => {
    await root.post(`/api/platform/companies/${nadan.companyId}/act`, { reason: 'asked for help with an import' });
    const page = await desk.openAs(nadan, '/settings/trust');
    await page.getByText('Not isolated').waitFor();
    await page.getByText('asked for help with an import').waitFor();
    await page.getByRole('row', { name: 'contacts 1', exact: true }).waitFor();
    const report: Report = JSON.parse(await saved(page, 'Report to verify'));
    expect(report.company).toEqual({ id: nadan.companyId, name: 'Nadan' });
    for (const text of [JSON.stringify(report), await page.content()])
      for (const word of ['Sunstone', 'strays']) expect(text).not.toContain(word);
    const html = await saved(page, 'Report to read');
    expect(html).toContain('Isolation report for Nadan');
  });

  test.each(screens)('are accessible, %o', async (screen) => {
    const page = await staff(screen);
    await page.getByText('What was found').waitFor();
    await page.getByText('What this means and how to mend it').first().click();
    expect(await flaws(page)).toEqual([]);
    const own = await desk.openAs(nadan, '/settings/trust', screen);
    await own.getByText('Not isolated').waitFor();
    await own.getByText('asked for help with an import').waitFor();
    expect(await flaws(own)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
