import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { makePipeline } from '../../pipelines/server/testing.ts';

describe.runIf(hasBrowser)('the page of a deal', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ours: Person;

  beforeAll(async () => {
    world = await createWorld();
    ours = (await world.company()).admin;
    await makePipeline(ours);
    desk = await createDesk(world);
  });

  const make = async (fields = {}) => {
    const { body } = await ours.post('/api/deals', { title: 'Boat shed roof', value: '1000', ...fields });
    return { id: body.id as string, path: `/deals/${body.id}` };
  };
  const read = async (id: string) => (await ours.get(`/api/deals/${id}`)).body;

  test('moves the deal along its stages, asks why it was lost, and takes it back', async () => {
    const { id, path } = await make();
    const page = await desk.openAs(ours, path);
    const stages = page.getByRole('list', { name: 'Stages' });
    await stages.getByRole('button', { name: /Offer/ }).press('Enter');
    await stages.locator('[aria-current=step]', { hasText: 'Offer' }).waitFor();
    await page.getByText('moved it from New to Offer').waitFor();
    await page.getByRole('button', { name: 'Lost', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'No budget' }).click();
    await page.getByRole('button', { name: 'Mark as lost' }).click();
    await stages.locator('[aria-current=step]', { hasText: 'Lost' }).waitFor();
    expect(await read(id)).toMatchObject({ status: 'lost', lost_reason: 'No budget' });
    await page.keyboard.press('Control+z');
    await stages.locator('[aria-current=step]', { hasText: 'Offer' }).waitFor();
    await expect.poll(() => read(id)).toMatchObject({ status: 'open', probability: 50, lost_reason: null });
  });

  test('saves what was changed and keeps what a colleague changed elsewhere meanwhile', async () => {
    const { id, path } = await make();
    const page = await desk.openAs(ours, path);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Title').fill('Boat shed');
    await ours.patch(`/api/deals/${id}`, { company: 'Harbour Ltd' });
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Company' }).inputValue(), { timeout: 15_000 })
      .toBe('Harbour Ltd');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The deal is saved.').waitFor();
    expect(await read(id)).toMatchObject({ title: 'Boat shed', company: 'Harbour Ltd' });
  });

  test('shows the company’s own fields and takes what is typed into them, by their type', async () => {
    for (const field of [
      { key: 'seats', label: 'Seats', type: 'number' },
      { key: 'plan', label: 'Plan', type: 'select', options: ['Basic', 'Gold'] },
      { key: 'site', label: 'Site', type: 'url' },
    ]) {
      await ours.post('/api/custom-fields', { resource: 'deals', ...field });
    }
    const { id, path } = await make({ custom_fields: { seats: 3, site: 'https://example.com/roof' } });
    const page = await desk.openAs(ours, path);
    const facts = page.getByRole('region', { name: 'Facts' });
    await facts.getByRole('link', { name: 'example.com/roof' }).waitFor();
    await page.keyboard.press('e');
    await page.getByLabel('Seats').fill('many');
    await page.getByRole('combobox', { name: 'Plan' }).click();
    await page.getByRole('option', { name: 'Gold' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('input[aria-invalid=true]').waitFor();
    expect(await read(id)).toMatchObject({ custom_fields: { seats: 3 } });
    await ours.patch(`/api/deals/${id}`, { custom_fields: { site: 'https://example.org' } });
    await expect.poll(() => page.getByLabel('Site').inputValue(), { timeout: 15_000 }).toBe('https://example.org');
    await page.getByLabel('Seats').fill('12');
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await facts.getByText('Gold').waitFor();
    expect((await read(id)).custom_fields).toEqual({ seats: 12, plan: 'Gold', site: 'https://example.org' });
  });

  test('tells when both changed the same, and writes only what the person chose', async () => {
    for (const [choice, title] of [
      ['Keep mine', 'Mine'],
      ['Take theirs', 'Theirs'],
    ] as const) {
      const { id, path } = await make();
      const page = await desk.openAs(ours, path);
      await page.getByRole('button', { name: 'Edit' }).waitFor();
      await page.keyboard.press('e');
      await page.getByLabel('Title').fill('Mine');
      await ours.patch(`/api/deals/${id}`, { title: 'Theirs' });
      await page.getByRole('alert').getByText('Somebody else changed the same meanwhile').waitFor();
      expect(await flaws(page)).toEqual([]);
      expect((await read(id)).title).toBe('Theirs');
      await page.getByRole('button', { name: choice }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect((await read(id)).title).toBe(title);
    }
  });

  test('plans what is next, ticks it off, and tells the story with notes', async () => {
    const { path } = await make();
    const page = await desk.openAs(ours, path);
    await page.getByLabel('What is to do?').fill('Ask for the plans');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Ask for the plans' }).click();
    await page.getByText('did: Call, Ask for the plans').waitFor();
    await page.getByLabel('Write a note').fill('They want it blue.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('They want it blue.').waitFor();
    await page.getByRole('button', { name: 'Actions for the note' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Edit note' }).waitFor();
    await page.keyboard.type(' Or green.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('They want it blue. Or green.').waitFor();
    await page.getByRole('button', { name: 'Actions for the note' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByText('The note is deleted.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('list').getByText('They want it blue. Or green.').waitFor();
  });

  test('keeps what is written into one note while another is changed', async () => {
    const { id, path } = await make();
    for (const body of ['First', 'Second']) await ours.post('/api/notes', { body, deal_id: id });
    const page = await desk.openAs(ours, path);
    const notes = page.getByRole('textbox', { name: 'Edit note' });
    const edit = async (text: string) => {
      const note = page.getByRole('listitem').filter({ hasText: text });
      await note.getByRole('button', { name: 'Actions for the note' }).click();
      await page.getByRole('menuitem', { name: 'Edit' }).click();
    };
    await edit('First');
    await notes.fill('First, and more');
    await edit('Second');
    const written = () => notes.evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).value).sort());
    await expect.poll(written).toEqual(['First, and more', 'Second']);
  });

  test('deletes the deal, and brings it back by undo', async () => {
    const { id, path } = await make({ title: 'Short lived' });
    const page = await desk.openAs(ours, path);
    await page.getByRole('button', { name: 'Actions for Short lived' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByText('Short lived is deleted.').waitFor();
    expect((await ours.get(`/api/deals/${id}`)).status).toBe(404);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await ours.get(`/api/deals/${id}`)).status).toBe(200);
  });

  test('says that there is nothing where another company’s deal would be', async () => {
    const theirs = (await world.company()).admin;
    await makePipeline(theirs);
    const { path } = await make({ title: 'Kanarie' });
    const page = await desk.openAs(theirs, path);
    await page.getByRole('alert').waitFor();
    expect(await page.content()).not.toContain('Kanarie');
  });

  test.each(screens)('is accessible, %o', async (screen) => {
    const { path } = await make({ description: 'Long and thin', tags: ['blue'] });
    const page = await desk.openAs(ours, path, screen);
    await page.getByText('created it in New').waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Title').waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
