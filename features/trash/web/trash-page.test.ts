import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('what was deleted', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ada: Person;

  beforeAll(async () => {
    world = await createWorld();
    ada = (await world.company()).admin;
    const stages = [{ name: 'Talk' }, { name: 'Won', is_won: true }];
    await ada.post('/api/pipelines', { name: 'Roofs', is_default: true, stages });
    desk = await createDesk(world);
  });

  const contact = async (last_name: string): Promise<string> =>
    (await ada.post('/api/contacts', { first_name: 'Kim', last_name, email: 'kim@x.com' })).body.id;
  const isThere = async (path: string) => (await ada.get(path)).status === 200;

  test('a contact with open deals is deleted only when asked again; its page and the list bring it back', async () => {
    const id = await contact('Wolf');
    await ada.post('/api/deals', { title: 'Roof', contact_id: id });
    const page = await desk.openAs(ada, `/contacts/${id}`);
    await page.getByRole('button', { name: 'Delete' }).click();
    const question = page.getByRole('dialog', { name: 'Delete Kim Wolf?' });
    await question.getByText('One deal with this contact is still open.').waitFor();
    expect(await isThere(`/api/contacts/${id}`)).toBe(true);
    await question.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('link', { name: /found under Deleted/ }).click();
    const row = page.getByRole('row', { name: /Kim Wolf/ });
    await row.getByText('Test Person').first().waitFor();
    await row.getByText('Kim Wolf').click();
    await page.getByRole('heading', { name: 'Kim Wolf is deleted' }).waitFor();
    await page.getByText(/Deleted by .* on /).waitFor();
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByRole('heading', { name: 'Kim Wolf', exact: true }).waitFor();
    expect(await isThere(`/api/contacts/${id}`)).toBe(true);
  });

  test('contacts, deals and activities are restored in their row and in bulk', async () => {
    const ids = [await contact('One'), await contact('Two'), await contact('Three')];
    await ada.post('/api/contacts/bulk-delete', { ids });
    const page = await desk.openAs(ada, '/contacts');
    await page.getByRole('button', { name: 'More for contacts' }).click();
    await page.getByRole('menuitem', { name: 'Deleted contacts' }).click();
    await page.getByRole('button', { name: 'Restore Kim One' }).click();
    await page.getByText('Kim One is restored.').waitFor();
    await page.getByRole('checkbox', { name: 'Pick Kim Two' }).check();
    await page.getByRole('checkbox', { name: 'Pick Kim Three' }).check();
    await page.getByRole('region', { name: '2 picked' }).getByRole('button', { name: 'Restore' }).click();
    await page.getByText('2 are restored.').waitFor();
    for (const id of ids) expect(await isThere(`/api/contacts/${id}`)).toBe(true);

    const deal = (await ada.post('/api/deals', { title: 'Old roof' })).body.id;
    await ada.delete(`/api/deals/${deal}`);
    const activity = (await ada.post('/api/activities', { type: 'task', subject: 'Old task' })).body.id;
    await ada.delete(`/api/activities/${activity}`);
    await page.goto(`/deals/${deal}`);
    await page.getByRole('heading', { name: 'Old roof is deleted' }).waitFor();
    await page.getByRole('link', { name: 'Show all that are deleted' }).click();
    await page.getByRole('button', { name: 'Restore Old roof' }).click();
    await expect.poll(() => isThere(`/api/deals/${deal}`)).toBe(true);
    await page.getByRole('button', { name: 'Activities' }).click();
    await page.getByRole('button', { name: 'Restore Old task' }).click();
    await expect.poll(() => isThere(`/api/activities/${activity}`)).toBe(true);
  });

  test('of colleagues one sees and restores only what one saw before', async () => {
    const id = await contact('Secret');
    await ada.delete(`/api/contacts/${id}`);
    const rep = await world.person(ada.companyId);
    const page = await desk.openAs(rep, '/trash');
    await page.getByText('Nothing is deleted').waitFor();
    expect((await rep.get(`/api/contacts/${id}?deleted=true`)).status).toBe(404);
    const stranger = (await world.company()).admin;
    expect((await stranger.get(`/api/contacts/${id}?deleted=true`)).status).toBe(404);
    expect((await ada.get(`/api/contacts/${id}?deleted=true`)).body.id).toBe(id);
  });

  test.each(screens)('is accessible, %o', async (screen) => {
    const id = await contact(`Screen ${screen.colorScheme} ${screen.viewport.width}`);
    await ada.delete(`/api/contacts/${id}`);
    const page = await desk.openAs(ada, '/trash', screen);
    await page
      .getByRole('checkbox', { name: /Pick Kim Screen/ })
      .first()
      .check();
    expect(await flaws(page)).toEqual([]);
    await page.goto(`/contacts/${id}`);
    await page.getByRole('button', { name: 'Restore', exact: true }).waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
