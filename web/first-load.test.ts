import { beforeAll, describe, expect, test } from 'vitest';
import { fetchedScripts } from '../bench/fetched-scripts.ts';
import { createDesk, type Desk, hasBrowser } from '../test/browser.ts';
import { createWorld, type Person, type World } from '../test/harness.ts';

describe.runIf(hasBrowser)('the first load', () => {
  let world: World;
  let desk: Desk;
  let ada: Person;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ada = (await world.company('Nadan')).admin;
  });

  test.each([
    ['en', 'Leaderboard', 225_000],
    ['de', 'Rangliste', 240_000],
  ])('weighs no more with each feature: the dashboard in %s', async (locale, region, most) => {
    const page = await desk.openAs(ada, '/profile', { locale });
    await page.getByRole('heading', { level: 1 }).waitFor();
    const { names, weight } = fetchedScripts(page);
    await page.goto('/dashboard');
    await page.getByRole('region', { name: region }).waitFor();
    expect(weight()).toBeLessThan(most);
    const texts = [...names].filter((name) => /\.(en|de)-/.test(name));
    expect(texts.filter((name) => name.startsWith('dashboard'))).toHaveLength(1);
    expect(texts.filter((name) => !name.includes(`.${locale}-`))).toEqual([]);
    expect(texts.filter((name) => /^(contacts|deals|imports|audit-log|isolation|platform)\./.test(name))).toEqual([]);
  });

  test('weighs no more with each feature: the login', async () => {
    const page = await desk.open('/forgot-password');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const { names, weight } = fetchedScripts(page);
    await page.goto('/login');
    await page.getByLabel('E-mail').waitFor();
    expect(weight()).toBeLessThan(205_000);
    expect([...names].filter((name) => /\.(en|de)-/.test(name) && !name.startsWith('auth.'))).toEqual([]);
  });

  test('shows a feature by its name before any of its texts are there, in both languages', async () => {
    for (const [locale, label, found] of [
      ['en', 'Contacts', 'Settings: Audit log'],
      ['de', 'Kontakte', 'Einstellungen: Änderungsprotokoll'],
    ] as const) {
      const page = await desk.openAs(ada, '/dashboard', { locale });
      await page.getByRole('navigation').getByRole('link', { name: label }).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('audit log');
      await page.getByRole('option', { name: found }).waitFor();
    }
    expect(desk.complaints).toEqual([]);
  });

  test('another language that is chosen later is spoken by every page that was and will be opened', async () => {
    const page = await desk.openAs(ada, '/contacts', { locale: 'en' });
    await page.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor();
    await page.getByRole('button', { name: /Test Person/ }).click();
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { name: 'Kontakte', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Aktivitäten' }).click();
    await page.getByRole('heading', { name: 'Aktivitäten', level: 1 }).waitFor();
    await page.getByRole('button', { name: /Test Person/ }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Activities', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Contacts' }).click();
    await page.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor();
    expect(desk.complaints).toEqual([]);
  });
});
