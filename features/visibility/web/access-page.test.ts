import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('who sees what', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ada: Person;
  let grace: Person;
  let alan: Person;
  let contact: string;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ada = (await world.company('Nadan')).admin;
    grace = await named(await world.person(ada.companyId), 'Grace', 'Hopper');
    alan = await named(await world.person(ada.companyId, 'sales_manager'), 'Alan', 'Turing');
    contact = (await grace.post('/api/contacts', { first_name: 'Katherine', last_name: 'Johnson' })).body.id;
  });

  async function named(person: Person, first: string, last: string) {
    const names = [first, last, person.userId];
    await world.admin.query('update users set first_name = $1, last_name = $2 where id = $3', names);
    return person;
  }
  const choose = async (page: Page, label: string, text: string, option: string) => {
    await page.getByRole('combobox', { name: label }).fill(text);
    await page.getByRole('option', { name: option }).click();
  };
  const answer = (page: Page, text: string) => page.getByRole('heading', { name: text }).waitFor();

  test('is told of a record that is found by its words, with each reason, and what would change it', async () => {
    const page = await desk.openAs(ada, '/settings/access');
    await page.getByText('Why can this person see this record?').waitFor();
    await choose(page, 'Person', 'Alan', 'Alan Turing');
    await choose(page, 'Record', 'johnson', 'Katherine Johnson');
    await answer(page, 'Alan Turing does not see this contact.');
    await page.getByText('Grace Hopper owns the record.').waitFor();
    await page.getByText('are in no team together').waitFor();
    await page.getByText('a sales manager in a team with Grace Hopper').waitFor();
    const { body: team } = await ada.post('/api/teams', { name: 'North' });
    for (const person of [alan, grace]) await ada.put(`/api/teams/${team.id}/members/${person.userId}`, {});
    await answer(page, 'Alan Turing sees this contact.');
    await page.getByText('are both in North. So they see it.').waitFor();
  });

  test('is told of a pasted link, even of a record that its reader does not see', async () => {
    const { body } = await grace.post('/api/contacts', {
      first_name: 'Se',
      last_name: 'Cret',
      private_to: grace.userId,
    });
    const page = await desk.openAs(ada, `/settings/access?person=${alan.userId}&kind=deals`);
    await page.getByRole('combobox', { name: 'Record' }).fill(`https://crm.example.com/contacts?open=${body.id}`);
    await answer(page, 'Alan Turing does not see this contact.');
    await page.getByText('private to Grace Hopper').waitFor();
    expect(await page.content()).not.toContain('Cret');
  });

  test('counts what a role of the company’s own takes away', async () => {
    const { body: role } = await ada.post('/api/roles', { name: 'Trainee', permissions: { contacts: ['create'] } });
    await ada.put(`/api/users/${grace.userId}`, { role_id: role.id });
    const page = await desk.openAs(ada, `/settings/access?person=${grace.userId}&record=${contact}`);
    await answer(page, 'Grace Hopper does not see this contact.');
    await page.getByText('The role “Trainee” does not let Grace Hopper').waitFor();
    expect((await grace.get(`/api/contacts/${contact}`)).status).toBe(403);
    await ada.put(`/api/users/${grace.userId}`, { role_id: null });
    await answer(page, 'Grace Hopper sees this contact.');
  });

  test('knows nothing of other companies', async () => {
    const bob = (await world.company('Sunstone')).admin;
    const page = await desk.openAs(bob, `/settings/access?person=${bob.userId}&record=${contact}`);
    await page.getByText('Nothing to tell').waitFor();
  });

  test.each(screens)('is accessible, %o', async (screen) => {
    const page = await desk.openAs(ada, `/settings/access?person=${ada.userId}&record=${contact}`, screen);
    await answer(page, 'Test Person sees this contact.');
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
