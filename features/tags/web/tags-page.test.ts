import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('tags', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ada: Person;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ada = (await world.company('Nadan')).admin;
    for (const tags of [['client', 'vip'], ['customer'], ['old']]) {
      await ada.post('/api/contacts', { first_name: 'A', last_name: 'B', tags });
    }
  });

  const names = async () => (await ada.get('/api/tags')).body.items.map(({ name }: { name: string }) => name);

  test('are renamed, coloured, merged and deleted by keyboard, with how many records carry them', async () => {
    const page = await desk.openAs(ada, '/settings/tags');
    const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    await row('client').getByText('1 contact · 0 deals').waitFor();
    await page.getByRole('button', { name: 'Edit the tag vip' }).press('Enter');
    await page.getByLabel('Name').fill('star');
    await page.getByRole('radio', { name: 'Violet' }).press('Space');
    await page.getByLabel('Name').press('Enter');
    await page.getByText('The tag star is saved.').waitFor();
    await page.getByRole('button', { name: 'Merge the tag client into another' }).press('Enter');
    await page.getByRole('combobox', { name: 'Into the tag' }).fill('customer');
    await page.getByRole('option', { name: 'customer' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Merge' }).press('Enter');
    await page.getByText('client is now customer.').waitFor();
    await row('customer').getByText('2 contacts · 0 deals').waitFor();
    await page.getByRole('button', { name: 'Delete the tag old' }).press('Enter');
    await page.getByRole('dialog').getByText('1 contact · 0 deals').waitFor();
    await page.getByRole('button', { name: 'Delete the tag', exact: true }).press('Enter');
    await row('old').waitFor({ state: 'detached' });
    expect(await names()).toEqual(['customer', 'star']);
  });

  test('are made by everybody, and changed by admins only', async () => {
    const rep = await world.person(ada.companyId);
    const page = await desk.openAs(rep, '/settings/tags');
    await page.getByRole('listitem').first().waitFor();
    expect(await page.getByRole('button', { name: /Edit|Merge|Delete/ }).count()).toBe(0);
    await page.keyboard.press('n');
    await page.getByLabel('Name').fill('partner');
    await page.keyboard.press('Enter');
    await page.getByText('The tag partner is saved.').waitFor();
  });

  test.each(screens)('are accessible, %o', async (screen) => {
    const page = await desk.openAs(ada, '/settings/tags', screen);
    await page.getByRole('button', { name: 'Edit the tag customer' }).click();
    await page.getByRole('radio', { name: 'Violet' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
