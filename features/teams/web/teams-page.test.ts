import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('teams', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ada: Person;
  let grace: Person;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ada = (await world.company('Nadan')).admin;
    grace = await world.person(ada.companyId);
    await world.admin.query(`update users set first_name = 'Grace', last_name = 'Hopper' where id = $1`, [
      grace.userId,
    ]);
  });

  test('are made, filled, led and deleted by keyboard', async () => {
    const page = await desk.openAs(ada, '/settings/teams');
    await page.getByText('No teams yet').waitFor();
    await page.keyboard.press('n');
    await page.getByLabel('Name').fill('North');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'North' });
    await panel.getByText('Nobody is in this team yet.').waitFor();
    await page.getByRole('combobox', { name: 'Add somebody' }).fill('Grace');
    await page.getByRole('option', { name: /Grace/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Make lead: Grace Hopper' }).press('Enter');
    await panel.getByText('leads the team').waitFor();
    await page.getByRole('row', { name: 'North 1 member · Grace Hopper' }).waitFor();
    await page.getByRole('button', { name: 'Remove Grace Hopper from the team' }).press('Enter');
    await panel.getByText('Nobody is in this team yet.').waitFor();
    await panel.getByRole('button', { name: 'Delete' }).press('Enter');
    await page.getByRole('button', { name: 'Delete the team' }).press('Enter');
    await page.getByText('The team North is deleted.').waitFor();
    expect((await ada.get('/api/teams')).body.items).toEqual([]);
  });

  test.each(screens)('are accessible, and only looked at by others than admins, %o', async (screen) => {
    const { body } = await ada.post('/api/teams', { name: `South ${Math.random()}`, team_lead_id: grace.userId });
    for (const person of [ada, grace]) {
      const page = await desk.openAs(person, `/settings/teams?open=${body.id}`, screen);
      await page.getByRole('list', { name: 'Members' }).getByText('Grace Hopper').waitFor();
      expect(await page.getByRole('button', { name: /Remove/ }).count()).toBe(person === ada ? 1 : 0);
      expect(await flaws(page)).toEqual([]);
    }
    expect(desk.complaints).toEqual([]);
  });
});
