import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('working in the contact list', { timeout: 120_000 }, () => {
  let desk: Desk;
  let ada: Person;
  let bea: Person;
  const contacts: Record<string, { id: string }> = {};

  beforeAll(async () => {
    const world = await createWorld();
    ada = (await world.company()).admin;
    bea = await world.person(ada.companyId, 'company_admin');
    await ada.post('/api/custom-fields', { resource: 'contacts', key: 'seats', label: 'Seats', type: 'number' });
    for (const [last_name, city, status] of [
      ['Amber', 'Berlin', 'LEAD'],
      ['Birch', 'Berlin', 'NEW'],
      ['Cedar', 'Paris', 'NEW'],
      ['Dogwood', 'Paris', 'CUSTOMER'],
    ]) {
      const { body } = await ada.post('/api/contacts', { first_name: 'Kim', last_name, city, status, company: 'Acme' });
      contacts[last_name ?? ''] = body;
    }
    desk = await createDesk(world);
  });

  const stored = async (name: string) => (await ada.get(`/api/contacts/${contacts[name]?.id}`)).body;

  test('a cell is edited from the keyboard, at once, and taken back', async () => {
    const page = await desk.openAs(ada, '/contacts?sort=name');
    await page.getByRole('row', { name: /Amber/ }).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Company' }).fill('Beacon');
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /Amber.*Beacon/ }).waitFor();
    await expect.poll(async () => (await stored('Amber')).company).toBe('Beacon');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await stored('Amber')).company).toBe('Acme');
    await page.getByRole('row', { name: /Amber.*Acme/ }).waitFor();
  });

  test('what a colleague changed meanwhile is not overwritten: one is asked', async () => {
    const page = await desk.openAs(ada, '/contacts?sort=name');
    await page.getByRole('row', { name: /Birch/ }).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Company' }).fill('Mine');
    // As if the news had not arrived: the change is sent with the version that the page knows.
    await page.route('**/api/contacts?*', (route) => route.abort());
    await bea.patch(`/api/contacts/${contacts.Birch?.id}`, { company: 'Theirs' });
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /changed meanwhile/ });
    await dialog.getByText('Theirs', { exact: true }).waitFor();
    expect(await flaws(page)).toEqual([]);
    expect((await stored('Birch')).company).toBe('Theirs');
    await page.unroute('**/api/contacts?*');
    await dialog.getByRole('button', { name: 'Use mine' }).click();
    await expect.poll(async () => (await stored('Birch')).company).toBe('Mine');
  });

  test('rows are selected with the keyboard, changed and deleted together, and brought back', async () => {
    const page = await desk.openAs(ada, '/contacts?sort=name');
    await page.getByRole('row', { name: /Cedar/ }).waitFor();
    await page.getByRole('checkbox', { name: 'Select Kim Cedar' }).click();
    await page.getByRole('checkbox', { name: 'Select Kim Dogwood' }).click({ modifiers: ['Shift'] });
    const bar = page.getByRole('region', { name: 'Selected contacts' });
    await bar.getByText('2 selected').waitFor();
    await bar.getByRole('button', { name: 'Status' }).click();
    await page.getByRole('menuitem', { name: 'Qualified', exact: true }).click();
    await expect.poll(async () => (await stored('Dogwood')).status).toBe('QUALIFIED');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await stored('Dogwood')).status).toBe('CUSTOMER');
    await expect.poll(async () => (await stored('Cedar')).status).toBe('NEW');
    await bar.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'Contacts 2' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Contacts 4' }).waitFor();
  });

  test('filters by conditions, keeps them as a view that colleagues share, and in the address', async () => {
    const page = await desk.openAs(ada, '/contacts');
    await page.getByRole('row', { name: /Amber/ }).waitFor();
    await page.keyboard.press('f');
    const filter = page.getByRole('region', { name: 'Filter', exact: true });
    await filter.getByLabel('Field', { exact: true }).first().click();
    await page.getByRole('option', { name: 'City' }).click();
    await filter.getByLabel('Value', { exact: true }).fill('Berlin');
    await page.getByRole('heading', { name: 'Contacts 2' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^View/ }).click();
    await page.getByRole('menuitem', { name: 'Save as a new view' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Berliners');
    await page.getByRole('switch').click();
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).searchParams.get('view')).toBeTruthy();
    const hers = await desk.openAs(bea, new URL(page.url()).pathname + new URL(page.url()).search);
    await hers.getByRole('heading', { name: 'Contacts 2' }).waitFor();
    await hers.getByRole('button', { name: 'View: Berliners' }).waitFor();
    await hers.getByRole('button', { name: /Remove: City contains/ }).click();
    await hers.getByRole('heading', { name: 'Contacts 4' }).waitFor();
  });

  test('columns are chosen, the company’s own too, and stand in the address', async () => {
    const page = await desk.openAs(ada, '/contacts');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Seats' }).click();
    await page.getByRole('columnheader', { name: 'Seats' }).waitFor();
    expect(new URL(page.url()).searchParams.get('columns')).toMatch(/,cf\.seats$/);
    await page.getByRole('checkbox', { name: 'Company' }).click();
    await expect.poll(() => page.getByRole('columnheader', { name: 'Company' }).count()).toBe(0);
    expect(await flaws(page)).toEqual([]);
  });

  test.each(screens)('is accessible with rows selected, %j', async (screen) => {
    const page = await desk.openAs(ada, '/contacts?status=NEW,LEAD', screen);
    await page.getByRole('row', { name: /Amber/ }).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Space');
    await page.getByText('1 selected').waitFor();
    expect(await flaws(page)).toEqual([]);
  });

  test('has nothing to complain about', () => {
    expect(desk.complaints.filter((text) => !/ERR_FAILED/.test(text))).toEqual([]);
  });
});
