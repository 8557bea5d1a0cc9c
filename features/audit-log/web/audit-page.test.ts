import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('the audit log', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ada: Person;
  let contact: string;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ada = (await world.company('Nadan')).admin;
    contact = (await ada.post('/api/contacts', { first_name: 'Grace', last_name: 'Hopper' })).body.id;
    await ada.patch(`/api/contacts/${contact}`, { title: 'Admiral' });
    const rep = await world.person(ada.companyId);
    await rep.post('/api/contacts', { first_name: 'Alan', last_name: 'Turing' });
  });

  test('tells who changed what, before and after, by keyboard, and leads to the record', async () => {
    const page = await desk.openAs(ada, '/settings/audit-log?type=contacts');
    await page.getByRole('row', { name: /Changed contact Grace Hopper/ }).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Entry' });
    await panel.getByText('Before: empty').waitFor();
    await panel.getByText('After: Admiral').waitFor();
    await panel.getByText(`PATCH /api/contacts/${contact}`).waitFor();
    await panel.getByRole('link', { name: 'Show the record' }).press('Enter');
    await page.getByRole('heading', { name: 'Grace Hopper' }).waitFor();
  });

  test('names exports and deletions in words, and says nothing of what a deletion kept', async () => {
    const id = (await ada.post('/api/contacts', { first_name: 'Gone', last_name: 'Girl' })).body.id;
    await ada.delete(`/api/contacts/${id}`);
    await ada.get('/api/contacts/export');
    const page = await desk.openAs(ada, '/settings/audit-log?type=contacts');
    await page.getByRole('row', { name: /Exported Contacts/ }).waitFor();
    // Beside the link, not on it.
    await page
      .getByRole('row', { name: /Deleted contact Gone Girl/ })
      .locator('time')
      .click();
    const panel = page.getByRole('complementary', { name: 'Entry' });
    await panel.getByRole('link', { name: 'Show the record' }).waitFor();
    expect(await panel.getByText('What it held').count()).toBe(0);
    // Beside the panel rows are as on a phone: they open, and the panel leads on.
    await page.keyboard.press('Escape');
    await page.getByRole('row').getByRole('link', { name: 'Gone Girl' }).first().click();
    await page.getByRole('heading', { name: 'Gone Girl is deleted' }).waitFor();
  });

  test('is narrowed by person, kind, action and time, and says so in the address', async () => {
    const page = await desk.openAs(ada, '/settings/audit-log');
    await page.getByRole('combobox', { name: 'Kind of record' }).click();
    await page.getByRole('option', { name: 'Contacts' }).click();
    await page.getByRole('combobox', { name: 'Action' }).click();
    await page.getByRole('option', { name: 'Changed' }).click();
    await page
      .getByRole('row', { name: /Created/ })
      .first()
      .waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Changed contact/ }).waitFor();
    expect(new URL(page.url()).search).toContain('type=contacts');
    await page.getByLabel('Up to and including').fill('2020-01-01');
    await page.getByText('Nothing fits').waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.getByRole('row', { name: /Alan Turing/ }).waitFor();
  });

  test('loads on as one scrolls, and never the whole', async () => {
    for (let n = 0; n < 130; n += 1) await ada.post('/api/tags', { name: `tag ${n}` });
    const page = await desk.openAs(ada, '/settings/audit-log?type=tags');
    await page.getByRole('row', { name: /tag 129$/ }).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('End');
    await expect
      .poll(async () => {
        await page.keyboard.press('End');
        return page.getByRole('row', { name: /tag 0$/ }).count();
      })
      .toBe(1);
  });

  test('marks what a super admin did who acted for the company', async () => {
    const staff = await world.superAdmin();
    const { body } = await staff.post(`/api/platform/companies/${ada.companyId}/act`, {
      reason: 'a test',
      minutes: 15,
    });
    const acting = world.as(body.access_token);
    await acting.post('/api/tags', { name: 'from outside' });
    const page = await desk.openAs(ada, '/settings/audit-log?type=tags');
    await page.getByRole('row', { name: `Support · ${staff.email} Created tag from outside` }).waitFor();
  });

  test.each(screens)('is accessible, %o', async (screen) => {
    const page = await desk.openAs(ada, `/settings/audit-log?record=${contact}`, screen);
    await page.getByRole('row', { name: /Changed contact/ }).waitFor();
    expect(await flaws(page)).toEqual([]);
    // Beside the link to the record, which stands in its middle.
    await page.getByRole('row', { name: /Changed contact/ }).click({ position: { x: 24, y: 12 } });
    await page.getByText('After: Admiral').waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
