import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person } from '../../../test/harness.ts';

const LIMIT = 250_000;

describe.runIf(hasBrowser)('the dashboard page', { timeout: 120_000 }, () => {
  let desk: Desk;
  let ours: Person;
  let empty: Person;

  beforeAll(async () => {
    const world = await createWorld();
    ours = (await world.company()).admin;
    empty = (await world.company()).admin;
    const rep = await world.person(ours.companyId);
    const theirs = (await world.company()).admin;
    const stages = [
      { name: 'Talk', probability: 20, rotting_days: 5 },
      { name: 'Won', is_won: true, is_closed: true },
    ];
    for (const person of [ours, theirs]) {
      const canary = person === theirs ? 'Canary ' : '';
      const { body } = await person.post('/api/pipelines', { name: `${canary}Sales`, is_default: true, stages });
      const deal = { value: '1000.00', currency: 'USD' };
      const past = { expected_close_date: '2020-01-01' };
      await person.post('/api/deals', { ...deal, ...past, title: `${canary}Late roof` });
      await person.post('/api/deals', { ...deal, title: `${canary}Won roof`, stage_id: body.stages[1].id });
      await person.post('/api/activities', {
        type: 'call',
        subject: `${canary}Call now`,
        due_date: '2020-01-01T09:00:00Z',
      });
      await person.post('/api/activities', { type: 'call', subject: `${canary}Called`, status: 'completed' });
    }
    await rep.post('/api/deals', { title: 'Of the rep', value: '5.00', currency: 'USD' });
    await rep.post('/api/activities', { type: 'call', subject: 'The rep is late', due_date: '2020-01-01T08:00:00Z' });
    desk = await createDesk(world);
  });

  test('is the page after the login, and every part of it leads on', async () => {
    const page = await desk.openAs(ours, '/');
    await page.waitForURL(/\/dashboard$/);
    const part = (name: string) => page.getByRole('region', { name, exact: true });
    await part('To do today').getByRole('link', { name: 'Call now' }).waitFor();
    await part('Deals that need attention').getByText('Should have closed').waitFor();
    await part('Sales by stage')
      .getByRole('link', { name: /Talk.*\$1,005.*2 deals/ })
      .waitFor();
    await part('Won this month')
      .getByRole('img', { name: /Won this month: \$1,000/ })
      .waitFor();
    await part('Leaderboard')
      .getByRole('row', { name: /Test Person.*\$1,000.*1.*1/ })
      .waitFor();
    expect(await page.innerText('body')).not.toMatch(/Canary/);
    await part('Done in two weeks')
      .getByRole('link', { name: /: 1 activity/ })
      .click();
    await page.getByRole('row', { name: /Called/ }).waitFor();
    await page.goBack();
    await part('Deals that need attention')
      .getByRole('link', { name: /Late roof/ })
      .click();
    await page.waitForURL(/\/deals\/./);
    await page
      .getByRole('heading', { name: /Late roof/ })
      .first()
      .waitFor();
  });

  test('narrows to the own records, at an address of its own', async () => {
    const page = await desk.openAs(ours, '/dashboard');
    await page.getByRole('link', { name: /Of the rep/ }).waitFor();
    await page.getByText('Mine', { exact: true }).click();
    await expect.poll(() => page.getByRole('link', { name: /Of the rep/ }).count()).toBe(0);
    expect(new URL(page.url()).searchParams.get('whose')).toBe('mine');
  });

  test('what is late follows the switch, says whose it is, and leads on to the same people’s list', async () => {
    const page = await desk.openAs(ours, '/dashboard');
    const due = page.getByRole('region', { name: 'To do today', exact: true });
    const late = due.getByRole('listitem').filter({ hasText: 'The rep is late' });
    await late.getByText(/^Of \S/).waitFor({ state: 'attached' });
    await page.getByText('Mine', { exact: true }).click();
    await expect.poll(() => late.count()).toBe(0);
    await due.getByRole('link', { name: 'Call now' }).waitFor();
    expect(await due.getByText(/^Of /).count()).toBe(0);
    await page.getByText("Everyone's", { exact: true }).click();
    await late.waitFor();
    await due.getByRole('link', { name: 'Show in the list' }).click();
    await page.getByRole('row', { name: /The rep is late/ }).waitFor();
  });

  test('completes what is due, and shows by itself what a colleague changes', async () => {
    const page = await desk.openAs(ours, '/dashboard');
    await page.getByText('Mine', { exact: true }).click();
    await page.getByRole('checkbox', { name: 'Complete “Call now”' }).click();
    await page.getByText('Nothing is due today, and nothing is late.').waitFor();
    await ours.post('/api/deals', { title: 'Brand new', value: '70.00', currency: 'USD' });
    await page.getByRole('link', { name: /Brand new/ }).waitFor({ timeout: 20_000 });
  });

  test('says what to do in a company without anything', async () => {
    const page = await desk.openAs(empty, '/dashboard');
    await page.getByRole('button', { name: 'Plan an activity' }).click();
    await page.getByRole('dialog', { name: 'New activity' }).waitFor();
  });

  test('says so where it cannot be loaded, and tries again', async () => {
    const again = await desk.openAs(ours, '/notifications');
    await again.route('**/api/dashboard*', (route) =>
      route.fulfill({ status: 400, json: { detail: 'Not just now.' } }),
    );
    await again.getByRole('link', { name: /^Dashboard/ }).click();
    await again.getByText('Not just now.').waitFor();
    await again.unroute('**/api/dashboard*');
    await again.getByRole('button', { name: 'Try again' }).click();
    await again.getByRole('region', { name: 'Leaderboard' }).waitFor();
  });

  test.each(screens)('is accessible: $colorScheme, $viewport.width', async (screen) => {
    const page = await desk.openAs(ours, '/dashboard', screen);
    await page.getByRole('link', { name: /Late roof/ }).waitFor();
    expect(await flaws(page)).toEqual([]);
  });

  test(`loads less than ${LIMIT / 1000} kB of script before it can be used`, async () => {
    const page = await desk.openAs(ours, '/dashboard');
    await page.getByRole('region', { name: 'Leaderboard' }).waitFor();
    const size = await page.evaluate(async () => {
      const scripts = performance.getEntriesByType('resource').filter(({ name }) => /\.js$/.test(name));
      const sizes = scripts.map(async ({ name }) => {
        const body = (await fetch(name)).body as ReadableStream<Uint8Array<ArrayBuffer>>;
        return (await new Response(body.pipeThrough(new CompressionStream('gzip'))).arrayBuffer()).byteLength;
      });
      return (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0);
    });
    expect(size).toBeLessThan(LIMIT);
  });

  test('has nothing to complain about', () => {
    expect(desk.complaints).toEqual([]);
  });
});
