import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../test/browser.ts';
import { createWorld, type Person } from '../../test/harness.ts';

describe.runIf(hasBrowser)('the shell', { timeout: 120_000 }, () => {
  let desk: Desk;
  let ours: Person;
  let theirs: Person;
  let leaver: Person;

  beforeAll(async () => {
    const world = await createWorld();
    ours = (await world.company()).admin;
    theirs = (await world.company()).admin;
    for (const person of [ours, theirs]) {
      const name = person === ours ? 'Solar' : 'Canary';
      await person.post('/api/pipelines', { name: 'Sales', is_default: true, stages: [{ name: 'Talk' }] });
      await person.post('/api/contacts', { first_name: 'Sol', last_name: name, company: 'Solarworks' });
      await person.post('/api/deals', { title: `${name} roof for Solarworks`, value: '100.00', currency: 'USD' });
      await person.post('/api/activities', { type: 'call', subject: `Call ${name} about solar` });
    }
    leaver = await world.person(ours.companyId, 'company_admin');
    desk = await createDesk(world);
  });

  test('the palette finds records of every kind, of the own company only, and leads to them by keyboard', async () => {
    const page = await desk.openAs(ours, '/dashboard');
    await page.getByRole('heading', { name: /My day/ }).waitFor();
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: 'Search and commands' });
    await box.waitFor();
    await page.keyboard.type('solar');
    for (const group of ['Contacts', 'Deals', 'Activities']) {
      await page.getByRole('group', { name: group }).getByRole('option').first().waitFor();
    }
    expect(await page.getByRole('listbox').innerText()).not.toMatch(/Canary/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/contacts\/./);
    await page
      .getByRole('heading', { name: /Sol Solar/ })
      .first()
      .waitFor();
  });

  test('the palette goes anywhere and does anything', async () => {
    // Logs out for good at the end.
    const page = await desk.openAs(leaver, '/dashboard', { colorScheme: 'light' });
    await page.getByRole('heading', { name: /My day/ }).waitFor();
    const run = async (words: string, option: string) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search and commands' }).fill(words);
      await page.getByRole('option', { name: new RegExp(`^${option}`) }).click();
    };
    await run('notific', 'Search everything for “notific”');
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    await run('go to deals', 'Go to Deals');
    await page.getByRole('heading', { name: /^Deals/ }).waitFor();
    await run('dark', 'Appearance: Dark');
    await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    for (const action of ['New contact', 'New deal', 'New activity']) {
      await run(action.toLowerCase(), action);
      await page.getByRole('dialog', { name: action }).getByRole('textbox').first().waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    }
    await run('log out', 'Log out');
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
  });

  test('the question mark lists the keys of the page and of the shell, the palette’s among them', async () => {
    const page = await desk.openAs(ours, '/activities');
    await page.getByRole('heading', { name: /^Activities/ }).waitFor();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const key of ['Search and commands', 'New activity', 'Go to Dashboard']) {
      await dialog.getByText(key, { exact: true }).waitFor();
    }
  });

  test('search results are at an address of their own', async () => {
    const page = await desk.openAs(ours, '/search?q=solarworks');
    await page.getByRole('link', { name: /Sol Solar/ }).waitFor();
    await page.getByRole('link', { name: /Solar roof for Solarworks/ }).click();
    await page.waitForURL(/\/deals/);
    expect(await page.innerText('body')).not.toMatch(/Canary/);
  });

  test('says what to do while offline and while the server is gone, and catches up when it is back', async () => {
    const page = await desk.openAs(ours, '/activities');
    await page.getByRole('row', { name: /Call Solar/ }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await page.context().setOffline(false);
    await expect.poll(() => page.getByText('You are offline.').count()).toBe(0);
    const gone = /\/(api|readyz)/;
    await page.route(gone, (route) => route.abort());
    await page.getByRole('button', { name: 'Overdue' }).click();
    await page.getByText('The server does not answer.').waitFor({ timeout: 20_000 });
    await page.unroute(gone);
    await page.getByRole('button', { name: 'Try now' }).click();
    await expect.poll(() => page.getByText('The server does not answer.').count(), { timeout: 20_000 }).toBe(0);
    await page.getByRole('heading', { name: 'Nothing is overdue' }).waitFor({ timeout: 20_000 });
  });

  test.each(screens)('is accessible: $colorScheme, $viewport.width', async (screen) => {
    const page = await desk.openAs(ours, '/search?q=solar', screen);
    await page.getByRole('link', { name: /Sol Solar/ }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search and commands' }).fill('solar');
    await page.getByRole('option', { name: /Sol Solar/ }).waitFor();
    expect(await flaws(page)).toEqual([]);
  });

  test('has nothing to complain about', () => {
    expect(desk.complaints.filter((text) => !/ERR_|Failed to fetch/.test(text))).toEqual([]);
  });
});
