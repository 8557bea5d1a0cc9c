import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, drag, flaws, hasBrowser, hearLate, screens, stillness } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { makePipeline } from '../server/testing.ts';

describe.runIf(hasBrowser)('the settings of pipelines', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ours: Person;

  beforeAll(async () => {
    world = await createWorld();
    ours = (await world.company()).admin;
    await makePipeline(ours);
    desk = await createDesk(world);
  });

  const stored = async (name: string) => {
    const { body } = await ours.get('/api/pipelines');
    return body.items.find((pipeline: { name: string }) => pipeline.name === name);
  };
  const names = async (pipeline: string) =>
    ((await stored(pipeline))?.stages ?? []).map((stage: { name: string }) => stage.name);
  const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

  test('creates a pipeline with stages to begin from, renames it and puts it first', async () => {
    const page = await desk.openAs(ours, '/settings/pipelines');
    await part(page, 'Sales').waitFor();
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Name' }).fill('Renewals');
    await page.keyboard.press('Enter');
    await part(page, 'Renewals').getByText('Negotiation').waitFor();
    const menu = (name: string) => page.getByRole('button', { name: `Actions for ${name}` }).click();
    await menu('Renewals');
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Extensions');
    await page.keyboard.press('Enter');
    await menu('Extensions');
    await page.getByRole('menuitem', { name: 'Move up' }).click();
    await expect.poll(async () => (await ours.get('/api/pipelines')).body.items[0].name).toBe('Extensions');
  });

  test('adds a stage, changes it, and orders it by keyboard and by mouse', async () => {
    // High enough not to scroll: what is dragged near an edge goes on while the mouse rests.
    const page = await desk.openAs(ours, '/settings/pipelines', { viewport: { width: 1280, height: 1600 } });
    await page.getByRole('button', { name: 'New stage in Sales' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Visit');
    await page.getByLabel('Chance of winning').fill('30');
    await page.getByLabel('Too long after').fill('9');
    await page.keyboard.press('Enter');
    await part(page, 'Sales').getByText('max 9 days').waitFor();
    const handle = part(page, 'Sales').getByRole('button', { name: /Visit/ }).first();
    await handle.focus();
    await page.keyboard.press('Space');
    // Each step is measured before the next is taken; before it is taken up, an arrow moves nothing.
    for (const place of [5, 4, 3, 2]) {
      if (place < 5) await page.keyboard.press('ArrowUp');
      await page
        .getByRole('status')
        .getByText(new RegExp(`\\b${place}\\b`))
        .waitFor();
    }
    await page.keyboard.press('Space');
    await expect.poll(() => names('Sales')).toEqual(['New', 'Visit', 'Offer', 'Won', 'Lost']);
    await stillness(page);
    await hearLate(page, /reorder-stages$|api\/pipelines\?/);
    const from = await handle.boundingBox();
    const to = await part(page, 'Sales').getByRole('button', { name: /Offer/ }).first().boundingBox();
    if (!from || !to) throw new Error('the handles are not there');
    await drag(page, { x: from.x + 8, y: from.y + 8 }, { x: to.x + 8, y: to.y + 14 }, 'Visit is at place 3');
    await expect.poll(() => names('Sales')).toEqual(['New', 'Offer', 'Visit', 'Won', 'Lost']);
    await part(page, 'Sales').getByRole('button', { name: 'Edit Visit' }).click();
    await page.getByLabel('Chance of winning').fill('101');
    await page.keyboard.press('Enter');
    await page.getByText('From 0 to 100.').waitFor();
    await page.getByLabel('Chance of winning').fill('65');
    await page.keyboard.press('Enter');
    await part(page, 'Sales').getByText('65 %').waitFor();
  });

  test('deletes a stage and a pipeline, and their deals go where it was said', async () => {
    const { id, stages } = (
      await ours.post('/api/pipelines', { name: 'Short', stages: [{ name: 'A' }, { name: 'B' }] })
    ).body;
    const { body } = await ours.post('/api/deals', { title: 'Held', pipeline_id: id, stage_id: stages[0].id });
    const page = await desk.openAs(ours, '/settings/pipelines');
    await part(page, 'Short').getByRole('button', { name: 'Delete A' }).click();
    await page.getByText('1 deal is in it').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('A is deleted.').waitFor();
    expect((await ours.get(`/api/deals/${body.id}`)).body.stage_id).toBe(stages[1].id);
    await page.getByRole('button', { name: 'Actions for Short' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await part(page, 'Short').waitFor({ state: 'detached' });
    expect((await ours.get(`/api/deals/${body.id}`)).body.pipeline_id).not.toBe(id);
  });

  test.each(screens)('is accessible, %o', async (screen) => {
    const page = await desk.openAs(ours, '/settings/pipelines', screen);
    await part(page, 'Sales').waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'Edit Offer' }).first().click();
    await page.getByLabel('Chance of winning').waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
