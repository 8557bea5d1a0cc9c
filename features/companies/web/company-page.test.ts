import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('the company’s settings', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ada: Person;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ada = (await world.company('Nadan')).admin;
  });

  const own = async () => (await ada.get(`/api/companies/${ada.companyId}`)).body;

  test('are the first of the settings, and are saved by keyboard alone', async () => {
    const page = await desk.openAs(ada, '/contacts');
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Company', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/settings/company');
    await page.getByLabel('City').fill('Tallinn');
    await page.getByRole('combobox', { name: 'Currency' }).fill('NOK');
    await page.getByRole('option', { name: /^NOK/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByLabel('City').press('Enter');
    await page.getByText('The company is saved.').waitFor();
    expect(await own()).toMatchObject({ name: 'Nadan', city: 'Tallinn', currency: 'NOK' });
  });

  test('say when a colleague changed them meanwhile, keep what was typed, and are saved when that is meant', async () => {
    const page = await desk.openAs(ada, '/settings/company');
    await page.getByLabel('Phone').fill('+47 1');
    await world.admin.query(`update companies set name = 'Nadan AS' where id = $1`, [ada.companyId]);
    await page.getByLabel('Phone').press('Enter');
    await page.getByRole('alert').getByText('Somebody else changed this').waitFor();
    await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('Nadan AS');
    expect(await page.getByLabel('Phone').inputValue()).toBe('+47 1');
    await page.getByLabel('Phone').press('Enter');
    await page.getByText('The company is saved.').waitFor();
    expect(await own()).toMatchObject({ name: 'Nadan AS', phone: '+47 1' });
  });

  test('tell who worked in the company from outside, and why', async () => {
    const staff = await world.superAdmin();
    await staff.post(`/api/platform/companies/${ada.companyId}/act`, { reason: 'a broken import', minutes: 15 });
    const page = await desk.openAs(ada, '/settings/company');
    await page.getByRole('list', { name: 'Support access' }).getByText('a broken import').waitFor();
    await page.getByText('Working now').waitFor();
  });

  test('are for admins: others are led away, and find only their own settings', async () => {
    const rep = await world.person(ada.companyId);
    const page = await desk.openAs(rep, '/settings/company');
    await page.getByRole('heading', { name: 'My day', level: 1 }).waitFor();
    expect(await page.getByRole('link', { name: 'Company', exact: true }).count()).toBe(0);
  });

  test('offer to try again where they did not load', async () => {
    const page = await desk.openAs(ada, '/profile');
    await page.route('**/api/companies/*', (route) => route.fulfill({ status: 500, json: {} }));
    await page.goto('/settings/company');
    await page.getByRole('alert').waitFor();
    await page.unroute('**/api/companies/*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('City').waitFor();
  });

  test.each(screens)('are accessible, %o', async (screen) => {
    const page = await desk.openAs(ada, '/settings', screen);
    if (screen.viewport.width < 760) {
      await page.getByRole('heading', { name: 'Settings' }).waitFor();
      expect(await flaws(page)).toEqual([]);
      await page.getByRole('link', { name: 'Company', exact: true }).click();
    }
    await page.getByLabel('City').waitFor();
    await page.getByRole('heading', { name: 'Support access' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
