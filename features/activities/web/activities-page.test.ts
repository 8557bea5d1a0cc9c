import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

const PAST = '2020-01-01T09:00:00.000Z';
const FUTURE = '2099-01-01T09:00:00.000Z';

describe.runIf(hasBrowser)('the activities', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ours: Person;
  let rep: Person;

  beforeAll(async () => {
    world = await createWorld();
    const company = await world.company();
    ours = company.admin;
    rep = await world.person(company.id);
    const { body: team } = await ours.post('/api/teams', { name: 'North' });
    await ours.put(`/api/teams/${team.id}/members/${rep.userId}`, {});
    await ours.post('/api/contacts', { first_name: 'Grace', last_name: 'Hopper' });
    await ours.post('/api/activities', { type: 'call', subject: 'Late call', due_date: PAST });
    await ours.post('/api/activities', { type: 'task', subject: 'Far task', due_date: FUTURE });
    await ours.post('/api/activities', { type: 'email', subject: 'Done mail', status: 'completed' });
    await rep.post('/api/activities', { type: 'meeting', subject: 'Of the rep', due_date: FUTURE });
    await (await world.company()).admin.post('/api/activities', { type: 'call', subject: 'Canary', due_date: PAST });
    desk = await createDesk(world);
  });

  test('shows mine that are to do, what is late first, and by tab, team and kind at their own addresses', async () => {
    const page = await desk.openAs(ours, '/activities');
    const subjects = async () =>
      (await page.getByRole('row').allInnerTexts()).slice(1).map((row) => row.split('\n')[1]);
    await page.getByRole('row', { name: /Late call/ }).waitFor();
    expect((await page.getByRole('row').allInnerTexts()).join()).toMatch(/Late call[\s\S]*Far task/);
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await page.getByRole('row', { name: /Done mail/ }).waitFor();
    expect(await subjects()).toHaveLength(1);
    await page.getByRole('combobox', { name: 'Whose' }).click();
    await page.getByRole('option', { name: 'North' }).click();
    await page.getByRole('button', { name: 'To do' }).click();
    await page.getByRole('row', { name: /Of the rep/ }).waitFor();
    await expect.poll(async () => (await subjects()).length).toBe(1);
    await page.goto('/activities?whose=all&type=meeting');
    await page.getByRole('row', { name: /Of the rep/ }).waitFor();
    expect(await page.innerText('body')).not.toMatch(/Canary|Late call/);
  });

  test('completes one with a click and takes it back', async () => {
    const page = await desk.openAs(ours, '/activities?tab=overdue');
    await page.getByRole('checkbox', { name: 'Complete “Late call”' }).click();
    await page.getByText('“Late call” is done.').waitFor();
    const { items } = (await ours.get('/api/activities?status=completed&search=late')).body;
    expect(items).toHaveLength(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await ours.get(`/api/activities/${items[0].id}`)).body.status).toBe('overdue');
    await page.getByRole('checkbox', { name: 'Complete “Late call”', checked: false }).waitFor();
  });

  test('creates one about a contact with a reminder, by keyboard, and edits it', async () => {
    const page = await desk.openAs(ours, '/activities');
    await page.getByRole('row', { name: /Far task/ }).waitFor();
    await page.keyboard.press('n');
    const form = page.getByRole('dialog', { name: 'New activity' });
    await form.getByLabel('Subject').fill('Show the roof');
    await form.getByRole('radio', { name: 'Meeting' }).check({ force: true });
    await form.getByLabel('Due').fill('2098-05-04T10:30');
    await form.getByRole('combobox', { name: 'Reminder' }).click();
    await page.getByRole('option', { name: '1 hour before' }).click();
    await form.getByRole('combobox', { name: 'Contact' }).fill('grace');
    await page.getByRole('option', { name: 'Grace Hopper' }).click();
    await form.getByRole('button', { name: 'Create' }).click();
    await page.getByText('“Show the roof” is in your activities.').waitFor();
    const [made] = (await ours.get('/api/activities?search=show%20the%20roof')).body.items;
    expect(made).toMatchObject({ type: 'meeting', contact_name: 'Grace Hopper' });
    expect(Date.parse(made.due_date) - Date.parse(made.reminder_at)).toBe(3_600_000);
    await page.getByRole('row', { name: /Show the roof/ }).click();
    await page
      .getByRole('complementary', { name: 'Show the roof' })
      .getByRole('link', { name: 'Grace Hopper' })
      .waitFor();
    await page.keyboard.press('e');
    const edit = page.getByRole('dialog', { name: 'Edit' });
    await edit.getByLabel('Place').fill('Oslo');
    // A colleague is quicker: what they wrote stays, and this form says so.
    await ours.patch(`/api/activities/${made.id}`, { priority: 3 });
    await edit.getByRole('button', { name: 'Save' }).click();
    await edit.getByRole('alert').waitFor();
    expect((await ours.get(`/api/activities/${made.id}`)).body).toMatchObject({ priority: 3, location: null });
  });

  test('deletes one, and brings it back', async () => {
    const { body } = await ours.post('/api/activities', { type: 'note', subject: 'Short-lived' });
    const page = await desk.openAs(ours, `/activities/${body.id}`);
    await page.getByRole('complementary', { name: 'Short-lived' }).getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await ours.get(`/api/activities/${body.id}`)).status).toBe(200);
  });

  test.each(screens)('are accessible: $colorScheme, $viewport.width', async (screen) => {
    const page = await desk.openAs(ours, '/activities', screen);
    await page.getByRole('row', { name: /Late call/ }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('row', { name: /Late call/ }).click({ position: { x: 120, y: 8 } });
    await page.getByRole('complementary', { name: 'Late call' }).getByRole('heading').waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.keyboard.press('e');
    await page.getByRole('dialog').getByLabel('Subject').waitFor();
    expect(await flaws(page)).toEqual([]);
  });

  test('have nothing to complain about', () => {
    expect(desk.complaints).toEqual([]);
  });
});
