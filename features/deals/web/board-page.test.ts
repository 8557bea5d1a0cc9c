import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, drag, hasBrowser, stillness, violations } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const cardIn = (page: Page, stage: string, title: string) => column(page, stage).getByRole('group', { name: title });

describe.runIf(hasBrowser)('the deal board', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ours: Person;
  let deals: Record<string, string>;

  beforeAll(async () => {
    world = await createWorld();
    ours = (await world.company()).admin;
    const stages = [
      { name: 'Talk', probability: 10 },
      { name: 'Offer', probability: 50 },
      { name: 'Won', is_won: true },
    ];
    await ours.post('/api/pipelines', { name: 'Roofs', is_default: true, stages });
    deals = {};
    for (const title of ['Mouse roof', 'Keyboard roof', 'Refused roof', 'Still roof']) {
      const { body } = await ours.post('/api/deals', { title, value: '1000.50', currency: 'USD' });
      deals[title] = body.id;
    }
    desk = await createDesk(world);
  });

  test('keeps a deal that was dragged to another stage, and a colleague sees it move without reloading', async () => {
    const colleague = await world.person(ours.companyId, 'company_admin');
    const theirPage = await desk.openAs(colleague, '/deals');
    await cardIn(theirPage, 'Talk', 'Mouse roof').waitFor();
    const page = await desk.openAs(ours, '/deals');
    await cardIn(page, 'Talk', 'Mouse roof').waitFor();
    await move(page, 'Mouse roof', 'Talk', 'Offer');
    await cardIn(page, 'Offer', 'Mouse roof').waitFor();
    await cardIn(theirPage, 'Offer', 'Mouse roof').waitFor();
    await page.reload();
    await cardIn(page, 'Offer', 'Mouse roof').waitFor();
  });

  test('moves a deal by keyboard alone', async () => {
    const page = await desk.openAs(ours, '/deals');
    const card = cardIn(page, 'Talk', 'Keyboard roof');
    await card.focus();
    // A key counts where the one before has brought the card.
    await page.keyboard.press('Space');
    await page.getByText('Keyboard roof is over Talk.').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowRight');
    await page.getByText('Keyboard roof is over Offer.').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await cardIn(page, 'Offer', 'Keyboard roof').waitFor();
    const stored = async () => (await ours.get(`/api/deals/${deals['Keyboard roof']}`)).body.probability;
    await expect.poll(stored).toBe(50);
  });

  test('puts a deal back where it was when the server refuses, and says why', async () => {
    // Before the board is open: a card that leaves while another is dragged would move the target away.
    await ours.delete(`/api/deals/${deals['Still roof']}`);
    const page = await desk.openAs(ours, '/deals');
    await cardIn(page, 'Talk', 'Refused roof').waitFor();
    await page.route('**/move', (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"detail":"Not just now."}' }),
    );
    await move(page, 'Refused roof', 'Talk', 'Offer');
    await page.getByText('Not just now.').waitFor();
    await cardIn(page, 'Talk', 'Refused roof').waitFor();
    const { body } = await ours.get(`/api/deals/${deals['Refused roof']}`);
    expect(body.probability).toBe(10);
  });

  test('opens a deal and creates one, from the keyboard', async () => {
    const page = await desk.openAs(ours, '/deals');
    await cardIn(page, 'Talk', 'Refused roof').press('Enter');
    await page.getByRole('complementary', { name: 'Refused roof' }).getByText('$1,000.50').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.getByLabel('Title').fill('New roof');
    await page.getByLabel('Value').fill('12500');
    await page.keyboard.press('Enter');
    await cardIn(page, 'Talk', 'New roof').waitFor();
  });

  test('says what is missing where no deal can begin, and leads there', async () => {
    const { admin } = await world.company();
    const { body } = await admin.post('/api/contacts', { first_name: 'Kim', last_name: 'Early' });
    const page = await desk.openAs(admin, `/contacts/${body.id}`);
    await page.getByRole('button', { name: 'New deal with this contact' }).click();
    const dialog = page.getByRole('dialog', { name: 'New deal' });
    await dialog.getByRole('heading', { name: 'No pipeline yet' }).waitFor();
    await dialog.getByRole('button', { name: 'Set up a pipeline' }).click();
    await page.waitForURL(/settings\/pipelines/);
    await dialog.waitFor({ state: 'detached' });
  });

  test('takes a move back by a key', async () => {
    const page = await desk.openAs(ours, '/deals');
    await cardIn(page, 'Offer', 'Mouse roof').waitFor();
    await move(page, 'Mouse roof', 'Offer', 'Talk');
    await page.getByText('Mouse roof is in Talk now.').waitFor();
    await page.keyboard.press('Control+z');
    await cardIn(page, 'Offer', 'Mouse roof').waitFor();
    await expect.poll(async () => (await ours.get(`/api/deals/${deals['Mouse roof']}`)).body.probability).toBe(50);
  });

  test('asks what decided a deal that is dropped on Won, and keeps the answer', async () => {
    const page = await desk.openAs(ours, '/deals');
    await cardIn(page, 'Offer', 'Mouse roof').waitFor();
    await move(page, 'Mouse roof', 'Offer', 'Won');
    await page.getByRole('dialog').getByRole('textbox').fill('The slope');
    await page.keyboard.press('Enter');
    await cardIn(page, 'Won', 'Mouse roof').waitFor();
    const stored = async () => (await ours.get(`/api/deals/${deals['Mouse roof']}`)).body;
    await expect.poll(stored).toMatchObject({ status: 'won', won_reason: 'The slope' });
  });

  test('moves a deal by touch: held for a moment, then dragged', async () => {
    const { body } = await ours.post('/api/deals', { title: 'Touch roof', value: '1' });
    const page = await desk.openAs(ours, '/deals', { hasTouch: true });
    const card = await cardIn(page, 'Talk', 'Touch roof').boundingBox();
    const target = await column(page, 'Offer').boundingBox();
    if (!card || !target) throw new Error('the card is not on the board');
    const cdp = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number, y?: number) =>
      cdp.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y: y ?? 0 }] });
    await touch('touchStart', card.x + 40, card.y + 20);
    await page.getByText(/Picked up Touch roof|Touch roof is over Talk/).waitFor({ state: 'attached' });
    for (const step of [0.2, 0.5, 0.8, 1]) {
      await touch('touchMove', card.x + 40 + (target.x + 60 - card.x - 40) * step, card.y + 20);
    }
    await page.getByText('Touch roof is over Offer.').waitFor({ state: 'attached' });
    await touch('touchEnd');
    await cardIn(page, 'Offer', 'Touch roof').waitFor();
    await ours.delete(`/api/deals/${body.id}`);
  });

  test('creates deals in a column one after the other', async () => {
    const page = await desk.openAs(ours, '/deals');
    await page.getByRole('button', { name: 'New deal in Offer' }).click();
    for (const title of ['Quick one', 'Quick two']) {
      await page.getByRole('form', { name: 'New deal in Offer' }).getByLabel('Title').fill(title);
      await page.getByRole('form', { name: 'New deal in Offer' }).getByLabel('Value').fill('70');
      await page.keyboard.press('Enter');
      await cardIn(page, 'Offer', title).waitFor();
    }
    await page.keyboard.press('Escape');
    await page.getByRole('form', { name: 'New deal in Offer' }).waitFor({ state: 'detached' });
  });

  test('shows whose and which deals are asked for, with their totals, and keeps it in the address', async () => {
    const page = await desk.openAs(ours, '/deals');
    await page.getByRole('searchbox').fill('quick');
    await page.getByText('2 open deals').waitFor();
    await page.reload();
    await page.getByText('2 open deals').waitFor();
    await cardIn(page, 'Offer', 'Quick one').waitFor();
    await page.goto(`/deals?owner=${(await world.person(ours.companyId)).userId}`);
    await page.getByText('0 open deals').waitFor();
  });

  test('marks a deal that has been in its stage for too long, and says how long', async () => {
    await world.admin.query(`update pipeline_stages set rotting_days = 5 where name = 'Offer' and company_id = $1`, [
      ours.companyId,
    ]);
    await world.admin.query(`update deals set stage_entered_at = now() - interval '8 days' where title = 'Quick two'`);
    const page = await desk.openAs(ours, '/deals');
    await cardIn(page, 'Offer', 'Quick two').getByText('8 days here · max 5').waitFor();
    await page.getByText('1 waits too long').waitFor();
    expect(await cardIn(page, 'Offer', 'Quick one').getByText('max 5').count()).toBe(0);
  });

  test.each(['light', 'dark'] as const)('is accessible, %s, on a screen and on a phone', async (colorScheme) => {
    for (const width of [1280, 360]) {
      const page = await desk.openAs(ours, '/deals', { colorScheme, viewport: { width, height: 740 } });
      await cardIn(page, 'Talk', 'Refused roof').waitFor();
      await page.waitForTimeout(200);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });

  test('has nothing to complain about', () => {
    expect(desk.complaints).toEqual([]);
  });
});

async function move(page: Page, title: string, from: string, to: string) {
  await stillness(page);
  const card = await cardIn(page, from, title).boundingBox();
  const target = await column(page, to).boundingBox();
  if (!card || !target) throw new Error(`${title} or ${to} is not on the board`);
  await drag(page, { x: card.x + 40, y: card.y + 20 }, { x: target.x + 60, y: target.y + 160 }, `is over ${to}.`);
}
