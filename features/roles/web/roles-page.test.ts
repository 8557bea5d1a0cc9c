import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('roles', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ada: Person;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ada = (await world.company('Nadan')).admin;
  });

  test('are made from a matrix, and take away what is unticked', async () => {
    const page = await desk.openAs(ada, '/settings/roles');
    await page.getByRole('rowheader', { name: 'Read the audit log' }).waitFor();
    await page.getByRole('button', { name: 'New role' }).press('Enter');
    await page.getByLabel('Name').fill('Trainee');
    await page.getByRole('checkbox', { name: 'Delete: Contacts' }).press('Space');
    await page.getByLabel('Name').press('Enter');
    await page.getByText('The role Trainee is saved.').waitFor();
    await page.getByText('nobody · restricts Contacts').waitFor();
    const rep = await world.person(ada.companyId);
    const { items } = (await ada.get('/api/roles')).body;
    const { id } = items.find(({ name }: { name: string }) => name === 'Trainee');
    await ada.put(`/api/users/${rep.userId}`, { role_id: id });
    const contact = (await rep.post('/api/contacts', { first_name: 'A', last_name: 'B' })).body.id;
    expect((await rep.delete(`/api/contacts/${contact}`)).status).toBe(403);
    await page.getByRole('button', { name: 'Edit Trainee' }).press('Enter');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByText('Give the people who have this role').waitFor();
  });

  test.each(screens)('are accessible, %o', async (screen) => {
    const page = await desk.openAs(ada, '/settings/roles', screen);
    await page.getByRole('rowheader', { name: 'Read the audit log' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.goto('/settings/roles?open=new');
    await page.getByRole('checkbox', { name: 'Delete: Contacts' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
