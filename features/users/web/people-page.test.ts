import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('people', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ada: Person;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ada = (await world.company('Nadan')).admin;
    await ada.post('/api/teams', { name: 'North' });
  });

  async function colleague(first: string, last: string): Promise<Person> {
    const person = await world.person(ada.companyId);
    await world.admin.query('update users set first_name = $1, last_name = $2 where id = $3', [
      first,
      last,
      person.userId,
    ]);
    return person;
  }
  const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
  const panel = (page: Page, name: string) => page.getByRole('complementary', { name });
  const choose = async (page: Page, label: string, option: string) => {
    await page.getByRole('combobox', { name: label }).click();
    await page.getByRole('option', { name: option }).click();
  };

  test('get another role, team and manager where they are listed', async () => {
    const grace = await colleague('Grace', 'Hopper');
    await world.admin.query('update login_identities set totp_confirmed_at = now() where user_id = $1', [grace.userId]);
    const page = await desk.openAs(ada, '/settings/people');
    await page.getByRole('searchbox').fill('hopper');
    await row(page, 'Grace Hopper').getByText('On').waitFor();
    await row(page, 'Grace Hopper').click();
    await panel(page, 'Grace Hopper').getByText('0 contacts, 0 deals, 0 activities').waitFor();
    await choose(page, 'Role', 'Sales manager');
    await row(page, 'Grace Hopper').getByText('Sales manager').waitFor();
    await choose(page, 'Teams', 'North');
    await row(page, 'Grace Hopper').getByText('North').waitFor();
    const changed = (await ada.get(`/api/users/${grace.userId}`)).body;
    expect(changed).toMatchObject({ user_role: 'sales_manager', teams: [{ name: 'North' }] });
  });

  test('are deactivated with somebody who takes over, cannot work any more, and come back', async () => {
    const [alan, joan] = [await colleague('Alan', 'Turing'), await colleague('Joan', 'Clarke')];
    const { id } = (await alan.post('/api/contacts', { first_name: 'A', last_name: 'B' })).body;
    const page = await desk.openAs(ada, `/settings/people?open=${alan.userId}`);
    await panel(page, 'Alan Turing').getByText('1 contact,').waitFor();
    await page.getByRole('button', { name: 'Deactivate' }).press('Enter');
    await choose(page, 'Who gets their records', 'Joan Clarke');
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
    await page.getByText('Alan Turing is deactivated. 1 record changed hands.').waitFor();
    await row(page, 'Alan Turing').getByText('Deactivated').waitFor();
    expect((await ada.get(`/api/contacts/${id}`)).body.owner_id).toBe(joan.userId);
    expect((await alan.get('/api/contacts')).status).toBe(401);
    await page.getByRole('button', { name: 'Reactivate' }).press('Enter');
    await panel(page, 'Alan Turing').getByText('Active').waitFor();
  });

  test('are deleted only with a colleague who gets their records', async () => {
    const ida = await colleague('Ida', 'Rhodes');
    const page = await desk.openAs(ada, `/settings/people?open=${ida.userId}`);
    await page.getByRole('button', { name: 'Delete' }).press('Enter');
    await page.getByRole('button', { name: 'Delete the account' }).click();
    await page.getByRole('dialog').getByText('Choose a colleague').waitFor();
    await choose(page, 'Who gets their records', 'Test Person');
    await page.getByRole('button', { name: 'Delete the account' }).click();
    await page.getByText('Ida Rhodes is deleted.').waitFor();
    await row(page, 'Ida Rhodes').waitFor({ state: 'detached' });
  });

  test('are invited several at once; who cannot be stays in the form with the reason; letters are sent again and taken back', async () => {
    const page = await desk.openAs(ada, '/settings/people');
    await row(page, 'Test Person').waitFor();
    await page.keyboard.press('n');
    await page.getByText('No mail server is set: no letter will arrive').waitFor();
    await page.getByLabel('E-mail addresses').fill(`one@example.com, two@example.com\n${ada.email}`);
    await page.getByRole('button', { name: 'Invite 3 people' }).click();
    await page.getByText('2 invitations are made, but their letters leave nowhere').waitFor();
    await page.getByRole('alert').getByText('works here already').waitFor();
    await expect.poll(() => page.getByLabel('E-mail addresses').inputValue()).toBe(ada.email);
    await page.getByLabel('E-mail addresses').fill('nonsense');
    await page.getByRole('button', { name: 'Invite 1 person' }).click();
    await page.getByText('does not look like an address').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Leave' }).press('Enter');
    await page.getByRole('button', { name: 'Invitations' }).press('Enter');
    await page.getByRole('button', { name: 'Send again: one@example.com' }).press('Enter');
    await page.getByText('A new letter is on its way to one@example.com').waitFor();
    await page.getByRole('button', { name: 'Take back the invitation of two@example.com' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
    await page.getByText('Taken back', { exact: true }).waitFor();
    const pending = async () => (await ada.get('/api/invitations?state=pending')).body.items;
    await expect.poll(pending).toEqual([expect.objectContaining({ email: 'one@example.com' })]);
  });

  test('are shown to everybody, and changed by admins only', async () => {
    const rep = await colleague('Mary', 'Keller');
    const page = await desk.openAs(rep, '/settings/people');
    await row(page, 'Mary Keller').click();
    await panel(page, 'Mary Keller').waitFor();
    expect(await page.getByRole('button', { name: /Invite|Deactivate|Hand over/ }).count()).toBe(0);
    expect(await page.getByRole('columnheader', { name: 'Two-step login' }).count()).toBe(0);
  });

  let jean: Person | undefined;
  test.each(screens)('are accessible, %o', async (screen) => {
    jean ??= await colleague('Jean', 'Bartik');
    const page = await desk.openAs(ada, '/settings/people', screen);
    await row(page, 'Jean Bartik').waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.goto(`/settings/people?open=${jean.userId}`);
    await page.getByRole('combobox', { name: 'Manager' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByRole('combobox', { name: 'Who gets their records' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.goto('/settings/people?view=invitations');
    await page.getByRole('list', { name: 'Invitations' }).or(page.getByText('No invitations')).waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
