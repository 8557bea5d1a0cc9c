import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../test/browser.ts';
import { createWorld, type Person } from '../../test/harness.ts';

describe.runIf(hasBrowser)('the shell', { timeout: 120_000 }, () => {
  let desk: Desk;
  let ours: Person;
  let theirs: Person;
  let leaver: Person;
  let rep: Person;

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
    rep = await world.person(ours.companyId);
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

  test.each(['/nowhere', '/settings/nowhere'])(
    'an address that leads nowhere says so, and leaves the way to everything else: %s',
    async (path) => {
      const page = await desk.openAs(ours, path);
      await page.getByRole('heading', { name: 'Page not found' }).waitFor();
      expect(await flaws(page)).toEqual([]);
      await page
        .getByRole('navigation')
        .getByRole('link', { name: /^Deals/ })
        .click();
      await page.getByRole('heading', { name: /^Deals/ }).waitFor();
    },
  );

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

  test('the palette keeps what is typed before it has loaded, and no key of the page runs meanwhile', async () => {
    const page = await desk.openAs(ours, '/dashboard');
    await page.getByRole('heading', { name: /My day/ }).waitFor();
    await page.route(/assets\/palette[^/]*\.js/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 800));
      await route.continue();
    });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('g a new contact');
    const box = page.getByRole('combobox', { name: 'Search and commands' });
    await expect.poll(() => box.inputValue()).toBe('g a new contact');
    expect(page.url()).toMatch(/\/dashboard$/);
    await box.fill('new contact');
    await page.getByRole('option', { name: 'New contact', exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'New contact' }).waitFor();
  });

  const english: [string, RegExp][] = [
    ['import', /^Import contacts/],
    ['csv', /^Import contacts/],
    ['invite', /^Invite people/],
    ['audit', /^Settings: Audit log/],
    ['calendar', /^Calendar/],
    ['merge', /^Find duplicates/],
    ['duplicates', /^Find duplicates/],
    ['german', /^Language: Deutsch/],
    ['language', /^Language: Deutsch/],
    ['forecast', /^Forecast/],
    ['pipelines', /^Settings: Pipelines/],
    ['roles', /^Settings: Roles/],
    ['integrations', /^Settings: Integrations/],
    ['password', /^Your profile/],
    ['log out', /^Log out/],
    ['dark', /^Appearance: Dark/],
    ['light mode', /^Appearance: Light/],
    ['new deal', /^New deal/],
    ['new activity', /^New activity/],
  ];
  const german: [string, RegExp][] = [
    ['import', /^Kontakte importieren/],
    ['einladen', /einladen/],
    ['protokoll', /^Einstellungen: .*protokoll/i],
    ['kalender', /^Kalender/],
    ['zusammenführen', /^Doppelte suchen/],
    ['englisch', /^Sprache: English/],
    ['prognose', /^Vorschau/],
    ['abmelden', /^Abmelden/],
    ['neues geschäft', /^Neues Geschäft/],
  ];

  test.each([
    ['en', 'Search and commands', english],
    ['de', 'Suche und Befehle', german],
  ] as const)('the palette finds every place and action by the words for it: %s', async (locale, name, all) => {
    const page = await desk.openAs(ours, '/dashboard', { locale });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name });
    const missing: string[] = [];
    for (const [words, option] of all) {
      await box.fill(words);
      const found = page.getByRole('option', { name: option }).first();
      await found.waitFor({ timeout: 20_000 }).catch(() => missing.push(words));
    }
    expect(missing).toEqual([]);
  });

  test('the palette offers a sales rep nothing that only an administrator may do', async () => {
    const page = await desk.openAs(rep, '/dashboard');
    await page.getByRole('heading', { name: /My day/ }).waitFor();
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: 'Search and commands' });
    await box.fill('settings');
    await page.getByRole('option', { name: 'Settings: Tags' }).waitFor();
    expect(await page.getByRole('option', { name: /Audit log|Roles|Integrations/ }).count()).toBe(0);
    await box.fill('invite');
    await page.getByRole('option', { name: /^Search everything/ }).waitFor();
    expect(await page.getByRole('option', { name: /Invite people/ }).count()).toBe(0);
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
    // The app tries by itself too, and the button goes when that is sooner.
    const now = page.getByRole('button', { name: 'Try now' });
    await now.click({ timeout: 3_000 }).catch(() => undefined);
    await expect.poll(() => page.getByText('The server does not answer.').count(), { timeout: 20_000 }).toBe(0);
    await page.getByRole('heading', { name: 'Nothing is overdue' }).waitFor({ timeout: 20_000 });
  });

  test('a menu that could not be fetched while offline takes nothing away, and opens when the line is back', async () => {
    const page = await desk.openAs(ours, '/activities');
    await page.getByRole('row', { name: /Call Solar/ }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline.').waitFor();
    const button = page.getByRole('button', { name: /Test Person/ });
    await button.click();
    await page.getByText('The server cannot be reached.').waitFor();
    expect(await page.getByRole('row', { name: /Call Solar/ }).isVisible()).toBe(true);
    await page.context().setOffline(false);
    await page.getByText('You are offline.').waitFor({ state: 'detached' });
    await button.click();
    await page.getByRole('menuitem', { name: 'Log out' }).waitFor();
  });

  test('a page that could not be fetched while offline is there when the line is back', async () => {
    const page = await desk.openAs(ours, '/dashboard');
    await page.getByRole('heading', { name: /My day/ }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.getByRole('heading', { name: 'This did not load' }).waitFor();
    expect(await page.getByText('You are offline.').isVisible()).toBe(true);
    await page.context().setOffline(false);
    await page.getByRole('grid', { name: 'Contacts' }).getByText('Sol Solar').waitFor({ timeout: 30_000 });
    const styles = await page.getByRole('grid').evaluate((grid) => getComputedStyle(grid).overflowY);
    expect(styles).toBe('auto');
  });

  test('an old tab whose pages went with a deploy loads itself anew, once', async () => {
    const page = await desk.openAs(ours, '/dashboard');
    await page.getByRole('heading', { name: /My day/ }).waitFor();
    let loads = 0;
    page.on('request', (request) => {
      if (request.isNavigationRequest()) loads += 1;
    });
    const chunk = /assets\/contacts-page[^/]*\.js/;
    await page.route(chunk, (route) => (loads === 0 ? route.fulfill({ status: 404, body: '' }) : route.continue()));
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.getByRole('grid', { name: 'Contacts' }).getByText('Sol Solar').waitFor({ timeout: 30_000 });
    expect(loads).toBe(1);
    // Where that does not help, it says so and stays.
    await page.route(/assets\/deals-page[^/]*\.js/, (route) => route.fulfill({ status: 404, body: '' }));
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 30_000 });
    expect(loads).toBeLessThan(3);
  });

  test('what is not there, or cannot be asked for, leads back to the list', async () => {
    const page = await desk.openAs(ours, '/contacts/00000000-0000-7000-8000-000000000000');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.getByRole('link', { name: 'To the list' }).click();
    await page.getByRole('grid', { name: 'Contacts' }).waitFor();
    await page.goto('/contacts?sort=nonsense');
    await page.getByRole('link', { name: 'To the list' }).click();
    await page.getByRole('grid', { name: 'Contacts' }).getByText('Sol Solar').waitFor();
  });

  test('the link to the content hides nothing while offline', async () => {
    const page = await desk.openAs(ours, '/activities');
    await page.getByRole('row', { name: /Call Solar/ }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline.').waitFor();
    const box = async (name: string) => page.getByText(name).evaluate((each) => each.getBoundingClientRect().toJSON());
    const [skip, banner] = [await box('Skip to content'), await box('You are offline.')];
    expect(skip.bottom <= 0 || skip.top >= banner.bottom || skip.width <= 1).toBe(true);
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
