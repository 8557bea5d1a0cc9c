import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../test/browser.ts';
import { createWorld, type Person, type World } from '../test/harness.ts';

describe.runIf(hasBrowser)('German', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ada: Person;
  /** Chose no language: reads what the browser asks for. */
  let bea: Person;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ada = (await world.company('Nadan')).admin;
    bea = await world.person(ada.companyId, 'company_admin');
  });

  test('is spoken to a browser that asks for it, before anybody has logged in', async () => {
    const page = await desk.open('/login', { locale: 'de-AT' });
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    expect(await flaws(page)).toEqual([]);
  });

  test('is not loaded by those who read English', async () => {
    const page = await desk.open('/login');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.reload();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect(asked.filter((url) => /german/.test(url))).toEqual([]);
  });

  test('is chosen in the user menu by keyboard, kept, and told to the server', async () => {
    const page = await desk.openAs(ada, '/settings/people');
    await page.getByRole('button', { name: /Test Person/ }).press('Enter');
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).press('Enter');
    await page.getByRole('heading', { name: 'Personen', level: 1 }).waitFor();
    await expect.poll(async () => (await ada.get('/api/users/me')).body.language).toBe('de');
    await page.reload();
    await page.getByRole('link', { name: 'Einstellungen' }).waitFor();
    await page.getByRole('button', { name: /Test Person/ }).press('Enter');
    await page.getByRole('menuitemradio', { name: 'English' }).press('Enter');
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
  });

  test.each(screens)('has room on every settings page, %o', async (screen) => {
    const page = await desk.openAs(bea, '/settings/company', { ...screen, locale: 'de' });
    await page.getByLabel('Ort', { exact: true }).waitFor();
    for (const path of ['people', 'teams', 'roles', 'access', 'fields', 'tags', 'audit-log', 'integrations', 'jobs']) {
      await page.goto(`/settings/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect([path, ...(await flaws(page))]).toEqual([path]);
    }
    expect(desk.complaints).toEqual([]);
  });
});
