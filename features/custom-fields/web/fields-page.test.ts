import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, drag, flaws, hasBrowser, hearLate, screens, stillness } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('custom fields', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ada: Person;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ada = (await world.company('Nadan')).admin;
    for (const key of ['size', 'slope', 'colour']) {
      await ada.post('/api/custom-fields', { resource: 'deals', key, label: key, type: 'text' });
    }
  });

  const labels = async (resource: string): Promise<string[]> =>
    (await ada.get(`/api/custom-fields?resource=${resource}`)).body.items.map(({ label }: { label: string }) => label);
  const shown = (page: Page) =>
    page
      .getByRole('button', { name: /^Move / })
      .evaluateAll((handles) => handles.map((handle) => handle.getAttribute('aria-label')?.slice('Move '.length)));

  test('are made by keyboard, with a key of their label, changed, and deleted with a word on their values', async () => {
    const page = await desk.openAs(ada, '/settings/fields');
    await page.getByText('No fields of your own here').waitFor();
    await page.keyboard.press('n');
    await page.getByLabel('Label').fill('Größe des Dachs');
    expect(await page.getByLabel('Key').inputValue()).toBe('groesse_des_dachs');
    await page.getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: 'One of a list' }).click();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Name at least one option.').waitFor();
    await page
      .getByRole('combobox', { name: 'Options' })
      .or(page.getByRole('textbox', { name: 'Options' }))
      .pressSequentially('small,large,');
    await page.getByLabel('Required').press('Space');
    await page.getByLabel('Label').press('Enter');
    await page.getByText('The field Größe des Dachs is saved.').waitFor();
    await page.getByText('One of a list · small, large').waitFor();
    await page.getByRole('button', { name: 'Edit Größe des Dachs' }).press('Enter');
    await page.getByLabel('Label').fill('Roof');
    await page.keyboard.press('Enter');
    await page.getByText('The field Roof is saved.').waitFor();
    await page.getByRole('button', { name: 'Delete Roof' }).press('Enter');
    await page.getByRole('dialog').getByText('They stay in the records').waitFor();
    await page.getByRole('button', { name: 'Delete the field' }).press('Enter');
    await page.getByText('No fields of your own here').waitFor();
  });

  test('are put in order by keyboard and by mouse', async () => {
    const page = await desk.openAs(ada, '/settings/fields?of=deals');
    await page.getByRole('button', { name: 'Move size' }).focus();
    await page.keyboard.press('Space');
    await page.getByText('size is at place 1.').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await page.getByText('size is at place 2.').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await expect.poll(() => labels('deals')).toEqual(['slope', 'size', 'colour']);
    await expect.poll(() => shown(page)).toEqual(['slope', 'size', 'colour']);
    await stillness(page);
    const [from, to] = await Promise.all(
      ['Move colour', 'Move slope'].map((name) => page.getByRole('button', { name }).boundingBox()),
    );
    if (!from || !to) throw new Error('nothing to drag');
    await hearLate(page, /custom-fields/);
    await drag(page, { x: from.x + 8, y: from.y + 8 }, { x: to.x + 8, y: to.y + 4 }, 'colour is at place 1');
    await expect.poll(() => labels('deals')).toEqual(['colour', 'slope', 'size']);
    await page.getByRole('button', { name: 'Edit colour' }).click();
    await page.getByLabel('Label').fill('paint');
    await page.keyboard.press('Enter');
    await page.getByText('The field paint is saved.').waitFor();
    await expect.poll(() => labels('deals')).toEqual(['paint', 'slope', 'size']);
  });

  test.each(screens)('are accessible, %o', async (screen) => {
    const page = await desk.openAs(ada, '/settings/fields?of=deals', screen);
    await page.getByRole('button', { name: 'Edit slope' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'New field' }).click();
    await page.getByLabel('Label').waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
