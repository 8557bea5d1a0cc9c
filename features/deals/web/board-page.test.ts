import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, hasBrowser, violations } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const cardIn = (page: Page, stage: string, title: string) => column(page, stage).getByRole('group', { name: title });

describe.runIf(hasBrowser)('the deal board', { timeout: 60_000 }, () => {
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
    await drag(page, 'Mouse roof', 'Talk', 'Offer');
    await cardIn(page, 'Offer', 'Mouse roof').waitFor();
    await cardIn(theirPage, 'Offer', 'Mouse roof').waitFor({ timeout: 5000 });
    await page.reload();
    await cardIn(page, 'Offer', 'Mouse roof').waitFor();
  });

  test('moves a deal by keyboard alone', async () => {
    const page = await desk.openAs(ours, '/deals');
    const card = cardIn(page, 'Talk', 'Keyboard roof');
    await card.focus();
    for (const key of ['Space', 'ArrowRight', 'Space']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(250);
    }
    await cardIn(page, 'Offer', 'Keyboard roof').waitFor();
    const { body } = await ours.get(`/api/deals/${deals['Keyboard roof']}`);
    expect(body.probability).toBe(50);
  });

  test('puts a deal back where it was when the server refuses, and says why', async () => {
    // Before the board is open: a card that leaves while another is dragged would move the target away.
    await ours.delete(`/api/deals/${deals['Still roof']}`);
    const page = await desk.openAs(ours, '/deals');
    await cardIn(page, 'Talk', 'Refused roof').waitFor();
    await page.route('**/move', (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"detail":"Not just now."}' }),
    );
    await drag(page, 'Refused roof', 'Talk', 'Offer');
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

async function drag(page: Page, title: string, from: string, to: string) {
  const card = await cardIn(page, from, title).boundingBox();
  const target = await column(page, to).boundingBox();
  if (!card || !target) throw new Error(`${title} or ${to} is not on the board`);
  await page.mouse.move(card.x + 40, card.y + 20);
  await page.mouse.down();
  await page.mouse.move(target.x + 60, target.y + 160, { steps: 12 });
  await page.mouse.up();
}
