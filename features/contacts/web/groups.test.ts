import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('the contact list, grouped', { timeout: 120_000 }, () => {
  let desk: Desk;
  let ada: Person;
  let bea: Person;

  beforeAll(async () => {
    const world = await createWorld();
    ada = (await world.company()).admin;
    bea = await world.person(ada.companyId, 'company_admin');
    for (const [last_name, status, company] of [
      ['Amber', 'LEAD', 'Acme'],
      ['Birch', 'NEW', 'acme'],
      ['Cedar', 'NEW', 'Beacon'],
      ['Dogwood', 'CUSTOMER', null],
      ['Elm', 'LEAD', 'Beacon'],
    ]) {
      await ada.post('/api/contacts', { first_name: 'Kim', last_name, status, company });
    }
    const theirs = (await world.company()).admin;
    await theirs.post('/api/contacts', { first_name: 'Canary', last_name: 'Theirs', status: 'INACTIVE' });
    desk = await createDesk(world);
  });

  /** What the lines say: a heading with its count, or a contact's last name. */
  const lines = async (page: Page) => {
    // All at once: asked one after the other, a line could leave meanwhile.
    const told = await page.locator('[role=rowgroup]:last-child > [role=row]').evaluateAll((rows) =>
      rows.map((row) => ({
        at: Number(row.getAttribute('aria-rowindex')),
        text: (row as HTMLElement).innerText.replace(/\s+/g, ' ').trim(),
      })),
    );
    return told.sort((a, b) => a.at - b.at).map(({ text }) => /Kim (\w+)/.exec(text)?.[1] ?? text);
  };

  test.each(['name', '-name'])('has headings with counts, in the order of the choices, sorted by %s', async (sort) => {
    const page = await desk.openAs(ada, `/contacts?sort=${sort}`);
    await page.getByRole('row', { name: /Amber/ }).waitFor();
    await page.getByRole('button', { name: 'Group', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Status' }).click();
    const pairs = (a: string, b: string) => (sort === 'name' ? [a, b] : [b, a]);
    await expect
      .poll(() => lines(page))
      .toEqual(['New 2', ...pairs('Birch', 'Cedar'), 'Lead 2', ...pairs('Amber', 'Elm'), 'Customer 1', 'Dogwood']);
    expect(new URL(page.url()).searchParams.get('group')).toBe('status');
    expect(await flaws(page)).toEqual([]);
  });

  test('groups companies whatever their letters’ case, with those that have none at the end', async () => {
    const page = await desk.openAs(ada, '/contacts?sort=name&group=company');
    await expect
      .poll(() => lines(page))
      .toEqual([
        expect.stringMatching(/^acme 2$/i),
        'Amber',
        'Birch',
        'Beacon 2',
        'Cedar',
        'Elm',
        'No Company 1',
        'Dogwood',
      ]);
  });

  test('folds and unfolds a group by keyboard, selects across groups, and keeps it all in the address', async () => {
    const page = await desk.openAs(ada, '/contacts?sort=name&group=status');
    await page.getByRole('row', { name: /Amber/ }).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => lines(page)).toEqual(['New 2', 'Lead 2', 'Amber', 'Elm', 'Customer 1', 'Dogwood']);
    const folded = page.getByRole('gridcell', { name: 'New 2' });
    expect(await folded.getAttribute('aria-expanded')).toBe('false');
    await page.reload();
    await expect.poll(() => lines(page)).toEqual(['New 2', 'Lead 2', 'Amber', 'Elm', 'Customer 1', 'Dogwood']);
    await page.getByRole('checkbox', { name: 'Select Kim Elm' }).click();
    await page.getByRole('checkbox', { name: 'Select Kim Dogwood' }).click({ modifiers: ['Shift'] });
    await page.getByText('2 selected').waitFor();
    await page.getByRole('gridcell', { name: 'New 2' }).click();
    await page.getByRole('row', { name: /Birch/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('closed')).toBeNull();
  });

  test('moves a contact to its group when that is edited, here or by a colleague', async () => {
    const page = await desk.openAs(ada, '/contacts?sort=name&group=status');
    await page.getByRole('row', { name: /Amber/ }).waitFor();
    const { id } = (await bea.get('/api/contacts?last_name=Elm')).body.items[0];
    await bea.patch(`/api/contacts/${id}`, { status: 'CUSTOMER' });
    await expect
      .poll(() => lines(page), { timeout: 20_000 })
      .toEqual(['New 2', 'Birch', 'Cedar', 'Lead 1', 'Amber', 'Customer 2', 'Dogwood', 'Elm']);
    await bea.patch(`/api/contacts/${id}`, { status: 'LEAD' });
    await expect.poll(() => lines(page), { timeout: 20_000 }).toContain('Lead 2');
  });

  test('leads on from a contact to the next as the groups show them, and back to them', async () => {
    const page = await desk.openAs(ada, '/contacts?sort=-name&group=status');
    await page.getByRole('row', { name: /Birch/ }).getByText('Kim Birch').click();
    await page.getByRole('link', { name: 'Open' }).click();
    await page.getByText('2 of 5').waitFor();
    await page.getByRole('button', { name: 'Next contact' }).click();
    await page.getByRole('heading', { name: 'Kim Elm' }).waitFor();
    await page.getByText('3 of 5').waitFor();
    await page.getByRole('navigation', { name: 'You are in' }).getByRole('link', { name: 'Contacts' }).click();
    await expect.poll(() => lines(page)).toContain('Lead 2');
  });

  test('is kept in a view that colleagues share', async () => {
    const page = await desk.openAs(ada, '/contacts?sort=name&group=status');
    await page.getByRole('row', { name: /Amber/ }).waitFor();
    await page.getByRole('button', { name: /^View/ }).click();
    await page.getByRole('menuitem', { name: 'Save as a new view' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('By status');
    await page.getByRole('switch').click();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'View: By status' }).waitFor();
    const view = new URL(page.url()).searchParams.get('view');
    const hers = await desk.openAs(bea, `/contacts?view=${view}`);
    await expect.poll(() => lines(hers)).toContain('Lead 2');
    await hers.getByRole('button', { name: 'Grouped by Status' }).click();
    await hers.getByRole('menuitem', { name: 'No groups' }).click();
    await expect.poll(() => lines(hers)).toEqual(['Amber', 'Birch', 'Cedar', 'Dogwood', 'Elm']);
  });

  test.each(screens)('is accessible, %j', async (screen) => {
    const page = await desk.openAs(ada, '/contacts?group=owner_id', screen);
    await page.getByText('Amber').first().waitFor();
    await page.getByRole('grid').focus();
    expect(await flaws(page)).toEqual([]);
  });

  test('has nothing to complain about', () => {
    expect(desk.complaints).toEqual([]);
  });
});
