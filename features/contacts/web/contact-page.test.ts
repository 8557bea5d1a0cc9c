import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person } from '../../../test/harness.ts';
import { makePipeline } from '../../pipelines/server/testing.ts';

describe.runIf(hasBrowser)('the page of a contact', { timeout: 120_000 }, () => {
  let desk: Desk;
  let ada: Person;
  let bea: Person;
  /** Logs out. */
  let cleo: Person;
  let id: string;

  beforeAll(async () => {
    const world = await createWorld();
    ada = (await world.company()).admin;
    bea = await world.person(ada.companyId, 'company_admin');
    cleo = await world.person(ada.companyId, 'company_admin');
    await ada.post('/api/custom-fields', { resource: 'contacts', key: 'seats', label: 'Seats', type: 'number' });
    for (const last_name of ['First', 'Second', 'Third']) {
      id = (await ada.post('/api/contacts', { first_name: 'Kim', last_name, email: 'kim@x.com' })).body.id;
    }
    await makePipeline(ada);
    desk = await createDesk(world);
  });

  const open = async (person = ada, options?: Parameters<Desk['openAs']>[2]) => {
    const page = await desk.openAs(person, `/contacts/${id}`, options);
    await page.getByRole('heading', { name: 'Kim Third' }).waitFor();
    return page;
  };

  test('notes are added, edited, deleted and brought back', async () => {
    const page = await open();
    await page.getByRole('textbox', { name: /Write a note/ }).fill('Likes tea');
    await page.keyboard.press('Control+Enter');
    const line = page.getByRole('region', { name: 'Timeline' });
    await line.getByRole('listitem').filter({ hasText: 'Likes tea' }).waitFor();
    await line.getByRole('button', { name: 'Edit note' }).click();
    await line.getByRole('textbox', { name: 'Edit note' }).waitFor();
    await page.keyboard.type(' and coffee');
    await page.keyboard.press('Control+Enter');
    await line.getByRole('button', { name: 'Edit note' }).waitFor();
    await line.getByText('Likes tea and coffee').waitFor();
    await line.getByRole('button', { name: 'Delete note' }).click();
    await expect.poll(() => line.getByText('Likes tea and coffee').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await line.getByText('Likes tea and coffee').waitFor();
  });

  test('what is being written outlives a reload, is asked about before Escape loses it, and is nobody else’s', async () => {
    const page = await open(cleo);
    const box = page.getByRole('textbox', { name: /Write a note/ });
    await box.fill('Half a thought');
    await page.reload();
    await expect.poll(() => box.inputValue()).toBe('Half a thought');
    await box.press('Control+Enter');
    const line = page.getByRole('region', { name: 'Timeline' });
    await line.getByText('Half a thought').waitFor();
    await expect.poll(() => box.inputValue()).toBe('');
    await line.getByRole('button', { name: 'Edit note' }).first().click();
    await line.getByRole('textbox', { name: 'Edit note' }).fill('Half a thought, finished');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Go on writing' }).press('Enter');
    await line.getByRole('button', { name: 'Save note' }).click();
    await line.getByText('Half a thought, finished').waitFor();

    await box.fill('Of Cleo alone');
    const kept = () => page.evaluate(() => JSON.stringify(sessionStorage));
    expect(await kept()).toContain('Of Cleo alone');
    await page.getByRole('button', { name: /Test Person/ }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect(await kept()).not.toContain('Of Cleo alone');
  });

  test('an activity is planned and completed', async () => {
    const page = await open();
    await page.getByRole('form', { name: 'Add to the timeline' }).getByText('Call').click();
    await page.getByRole('textbox', { name: 'What is to be done?' }).fill('Ring Kim');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Complete: Ring Kim' }).click();
    await page.getByText('Nothing is planned.').waitFor();
    const stored = async () => (await ada.get(`/api/activities?contact_id=${id}`)).body.items[0];
    await expect.poll(stored).toMatchObject({ subject: 'Ring Kim', status: 'completed' });
  });

  test('a deal begins with the contact whose page it is', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'New deal with this contact' }).click();
    const form = page.getByRole('dialog', { name: 'New deal' });
    await expect.poll(() => form.getByRole('combobox', { name: 'Contact' }).inputValue()).toBe('Kim Third');
    await form.getByLabel('Title').fill('Tea for two');
    await form.getByLabel('Value').fill('20');
    await form.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('region', { name: 'Deals' }).getByRole('link', { name: 'Tea for two' }).waitFor();
    expect((await ada.get(`/api/deals?contact_id=${id}`)).body.items[0].title).toBe('Tea for two');
  });

  test('is edited, custom fields too; what a colleague changes meanwhile is shown and never overwritten', async () => {
    const page = await open();
    await page.keyboard.press('e');
    const form = page.getByRole('dialog', { name: 'Edit Kim Third' });
    await form.getByLabel('City').fill('Rome');
    await form.getByLabel('Seats').fill('12');
    await bea.patch(`/api/contacts/${id}`, { city: 'Oslo', department: 'Sales' });
    await form.getByText(/Changed by somebody else while you write: City/).waitFor();
    expect(await form.getByLabel('Department').inputValue()).toBe('Sales');
    await form.getByRole('button', { name: 'Save' }).click();
    const question = page.getByRole('dialog', { name: /changed meanwhile/ });
    await question.getByText('Oslo').waitFor();
    expect((await ada.get(`/api/contacts/${id}`)).body.city).toBe('Oslo');
    await question.getByRole('button', { name: 'Keep theirs' }).click();
    await form.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await ada.get(`/api/contacts/${id}`)).body.custom_fields).toEqual({ seats: 12 });
    expect((await ada.get(`/api/contacts/${id}`)).body.city).toBe('Oslo');
  });

  test('shows what a colleague changes, without a reload', async () => {
    const page = await open();
    await bea.patch(`/api/contacts/${id}`, { title: 'Astronaut' });
    await page.getByText('Astronaut').first().waitFor();
    await bea.post('/api/notes', { body: 'Heard from Bea', contact_id: id });
    await page.getByText('Heard from Bea').waitFor();
  });

  test('leads on through the list that one came from', async () => {
    const page = await desk.openAs(ada, '/contacts?sort=name');
    await page.getByRole('grid').getByText('Kim First').click();
    await page.getByRole('link', { name: 'Open', exact: true }).click();
    await page.getByText('1 of 3').waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'Kim Second' }).waitFor();
    await page.getByText('2 of 3').waitFor();
  });

  test.each(screens)('is accessible, %j', async (screen) => {
    const page = await open(ada, screen);
    await page.getByText('Heard from Bea').waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.keyboard.press('e');
    await page.getByRole('dialog').getByLabel('City').waitFor();
    expect(await flaws(page)).toEqual([]);
  });

  test('has nothing to complain about', () => {
    expect(desk.complaints).toEqual([]);
  });
});
