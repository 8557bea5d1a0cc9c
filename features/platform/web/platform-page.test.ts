import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, logIn, screens, staffWithPassword } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('the platform’s page', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let root: Awaited<ReturnType<typeof staffWithPassword>>;
  let nadan: Person;
  let sunstone: Person;

  beforeAll(async () => {
    world = await createWorld();
    root = await staffWithPassword(world);
    nadan = (await world.company('Nadan')).admin;
    sunstone = (await world.company('Sunstone')).admin;
    await nadan.post('/api/contacts', { first_name: 'Grace', last_name: 'Hopper' });
    desk = await createDesk(world);
  });

  async function staff(path = '/', screen = {}): Promise<Page> {
    const page = await desk.open(path, screen);
    await logIn(page, root.email, root.password);
    return page;
  }
  const company = (page: Page, name: string) =>
    page.getByRole('grid', { name: 'Companies' }).getByRole('row', { name });
  const banner = (page: Page) => page.getByRole('region', { name: 'Acting for a company' });

  async function act(page: Page, reason = 'asked for help with an import') {
    await company(page, 'Nadan').click();
    await page.getByRole('button', { name: 'Act for this company' }).click();
    await page.getByLabel('Reason').fill(reason);
    await page.getByRole('button', { name: 'Begin' }).click();
  }

  test('is where a super admin lands, whatever they asked for, and companies’ pages are not theirs', async () => {
    const page = await staff('/contacts');
    await company(page, 'Sunstone').waitFor();
    expect(new URL(page.url()).pathname).toBe('/platform');
    await page.getByText('New in 30 days').waitFor();
    expect(await page.getByRole('link', { name: 'Contacts' }).count()).toBe(0);
    await page.getByRole('searchbox').fill('nada');
    await company(page, 'Sunstone').waitFor({ state: 'detached' });
    await company(page, 'Nadan').waitFor();
    await page.goto('/profile');
    await page.getByRole('heading', { name: 'Two-step login' }).waitFor();
    expect(await page.getByRole('heading', { name: 'API keys' }).count()).toBe(0);
  });

  test('is not a company’s: its people are led to their own start', async () => {
    const page = await desk.openAs(nadan, '/platform');
    await page.getByRole('heading', { name: /^My day/ }).waitFor();
    await page.getByRole('region', { name: 'Leaderboard' }).waitFor();
    expect(await page.content()).not.toContain('Sunstone');
  });

  test('suspends with a reason and reinstates, by keyboard alone', async () => {
    const page = await staff();
    await company(page, 'Sunstone').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Sunstone' }).waitFor();
    await page.getByRole('button', { name: 'Suspend' }).press('Enter');
    await page.getByLabel('Reason').waitFor();
    await page.getByRole('button', { name: 'Suspend the company' }).press('Enter');
    await page.getByText('Say why, in a few words.').waitFor();
    await page.getByLabel('Reason').fill('unpaid bills');
    await page.getByRole('button', { name: 'Suspend the company' }).press('Enter');
    await page.getByText('Sunstone is suspended.').waitFor();
    await page.getByRole('row', { name: /Sunstone Suspended/ }).waitFor();
    await page.getByRole('complementary', { name: 'Sunstone' }).getByText('unpaid bills').first().waitFor();
    await page.getByRole('button', { name: 'Reinstate' }).press('Enter');
    await page.getByText('Sunstone can work again.').waitFor();
    await page.getByRole('row', { name: /Sunstone Active/ }).waitFor();
  });

  test('changes a company’s plan and the end of its trial, which its people then see, and who did it', async () => {
    const page = await staff();
    await company(page, 'Sunstone').click();
    const panel = page.getByRole('complementary', { name: 'Sunstone' });
    await panel.getByRole('button', { name: 'Change plan or trial' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Plan of Sunstone' });
    const save = dialog.getByRole('button', { name: 'Save' });
    expect(await save.isDisabled()).toBe(true);
    await dialog.getByLabel('Plan', { exact: true }).fill('');
    await save.click();
    await dialog.getByText('Name a plan.').waitFor();
    await dialog.getByLabel('Plan', { exact: true }).fill('professional');
    await dialog.getByLabel('Last day of the trial').fill('2031-02-03');
    await save.click();
    await page.getByText('Saved for Sunstone.').waitFor();
    await dialog.waitFor({ state: 'detached' });
    await panel.getByText('trial → professional').waitFor();
    await panel.getByText('→ 2/3/2031').waitFor();
    const { body } = await sunstone.get(`/api/companies/${sunstone.companyId}`);
    expect(body).toMatchObject({ plan: 'professional', subscription_status: 'trialing' });
    expect(Date.parse(body.trial_ends_at)).toBe(Date.parse('2031-02-03T23:59:59Z'));

    await panel.getByRole('button', { name: 'Change plan or trial' }).click();
    await dialog.getByRole('combobox', { name: 'Subscription' }).click();
    await page.getByRole('option', { name: 'Paid' }).click();
    await save.click();
    await panel.getByText('Trial → Paid').waitFor();
    const changed = (await sunstone.get(`/api/companies/${sunstone.companyId}`)).body;
    expect(changed).toMatchObject({ subscription_status: 'active', trial_ends_at: body.trial_ends_at });

    const theirs = await desk.openAs(sunstone, '/settings/company');
    await theirs.getByText('Professional', { exact: true }).waitFor();
    await theirs.goto('/settings/audit-log');
    await theirs.getByText(`Support · ${root.email}`).first().waitFor();
  });

  test('leads into a company under a banner that nothing hides, and out again with nothing kept', async () => {
    const page = await staff();
    await act(page);
    await page.getByRole('link', { name: 'Contacts' }).click();
    await page.getByRole('row', { name: /Grace Hopper/ }).waitFor();
    await banner(page).getByText('You act for Nadan.').waitFor();
    await page.getByRole('link', { name: 'Deals' }).click();
    await page.getByRole('heading', { name: 'Deals' }).waitFor();
    await banner(page).waitFor();
    await page.getByRole('link', { name: 'Contacts' }).click();
    await page.getByRole('button', { name: 'New contact' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await isOnTop(page)).toBe(true);
    expect(await flaws(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Stop acting' }).press('Enter');
    await company(page, 'Nadan').waitFor();
    expect(await banner(page).count()).toBe(0);
    await page.goBack();
    await company(page, 'Nadan').waitFor();
    expect(await page.content()).not.toContain('Grace');
    const { items } = (await nadan.get(`/api/companies/${nadan.companyId}/acting`)).body;
    expect(items[0]).toMatchObject({ reason: 'asked for help with an import', ended_at: expect.any(String) });
  });

  test('is what a reload leads back to: acting is never kept, and ends with the page', async () => {
    const page = await staff();
    await act(page, 'only for a moment');
    await banner(page).waitFor();
    await page.reload();
    await company(page, 'Nadan').waitFor();
    await page.getByText('You no longer act for Nadan').waitFor();
    await page.getByRole('button', { name: 'Act again' }).click();
    await page.getByRole('dialog', { name: /Nadan/ }).getByLabel('Reason').waitFor();
    await expect
      .poll(async () => (await nadan.get(`/api/companies/${nadan.companyId}/acting`)).body.items[0])
      .toMatchObject({ reason: 'only for a moment', ended_at: expect.any(String) });
  });

  test('is what is left when the time of acting is over, with no word of the company', async () => {
    const page = await staff();
    await act(page);
    await page.getByRole('link', { name: 'Contacts' }).click();
    await page.getByRole('row', { name: /Grace Hopper/ }).waitFor();
    await world.admin.query('update sessions set expires_at = now() where acting_admin_id is not null');
    world.app.sessions.forget();
    await page.getByRole('searchbox').fill('gra');
    await company(page, 'Nadan').waitFor();
    expect(await page.content()).not.toContain('Grace');
  });

  test.each(screens)('is accessible, and so is a company under the banner, %o', async (screen) => {
    const page = await staff('/', screen);
    await company(page, 'Nadan').waitFor();
    await page.getByText('New in 30 days').waitFor();
    expect(await flaws(page)).toEqual([]);
    await company(page, 'Nadan').click();
    await page.getByRole('button', { name: 'Change plan or trial' }).click();
    await page.getByLabel('Last day of the trial').waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Act for this company' }).click();
    await page.getByLabel('Reason').fill('looking around');
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { name: /^My day/ }).waitFor();
    await page.getByRole('region', { name: 'Leaderboard' }).waitFor();
    await banner(page).getByRole('button', { name: 'Stop acting' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});

/** Whether what one sees at the banner's middle is the banner. */
const isOnTop = (page: Page) =>
  page.evaluate(() => {
    const box = document.querySelector('section[aria-label="Acting for a company"]');
    const { left, top, width, height } = box?.getBoundingClientRect() ?? new DOMRect();
    return box?.contains(document.elementFromPoint(left + width / 2, top + height / 2)) ?? false;
  });
