import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { attackKinds } from '../../../audit/probe/attacks/index.ts';
import type { Cell } from '../../../audit/probe/matrix.ts';
import type { ProbeResult } from '../../../audit/probe/result.ts';
import { countsOf } from '../../../audit/probe/result.ts';
import { createDesk, type Desk, flaws, hasBrowser, logIn, screens, staffWithPassword } from '../../../test/browser.ts';
import { createWorld, type World } from '../../../test/harness.ts';

/** As many cells as a real run has: every route that is described, by every attack. */
function resultFor(paths: readonly [method: string, path: string][]): ProbeResult {
  const attacks = attackKinds.map(({ number, name }) => ({ number, name })).sort((a, b) => a.number - b.number);
  const cells = paths.flatMap(([method, path], row) =>
    attacks.map(({ number, name }): Cell => {
      const cell = { endpoint: `${method} ${path}`, number, attack: name, attempts: 3 };
      if (path === '/api/deals/{deal_id}' && method === 'GET' && number === 1)
        return {
          ...cell,
          outcome: 'leaked',
          reason: 'deal_id of A: its name came back',
          reproduction: 'curl -X GET "$URL"',
        };
      if (path === '/api/tags' && method === 'GET' && number === 12)
        return { ...cell, outcome: 'not reached', reason: 'its own admin gets 409' };
      return (row + number) % 3 === 0
        ? { ...cell, outcome: 'held', reason: '' }
        : { ...cell, attempts: 0, outcome: 'not applicable', reason: 'its path names nothing' };
    }),
  );
  return {
    format: 'bulkhead-probe/1',
    startedAt: '2026-01-02T03:00:00Z',
    finishedAt: '2026-01-02T03:05:00Z',
    target: { url: 'http://127.0.0.1:8000/', title: 'Bulkhead', version: '1' },
    endpoints: paths.map(([method, path]) => ({ method, path, scope: 'company' })),
    attacks,
    cells,
    counts: countsOf(cells),
    requests: 31_000,
    leftBehind: [],
  };
}

describe.runIf(hasBrowser)('the coverage matrix', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let root: Awaited<ReturnType<typeof staffWithPassword>>;

  beforeAll(async () => {
    world = await createWorld();
    root = await staffWithPassword(world);
    const routes = world.app.routeTable.filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS');
    const paths = routes.map(({ method, url }): [string, string] => [method, url.replace(/:([^/]+)/g, '{$1}')]);
    await world.admin.query(
      `insert into probe_runs (reason, status, started_at, finished_at, report) values ('nightly', 'done', now(), now(), $1)`,
      [JSON.stringify(resultFor(paths))],
    );
    desk = await createDesk(world);
  });

  async function staff(screen = {}): Promise<Page> {
    const page = await desk.open('/', screen);
    await logIn(page, root.email, root.password);
    await page.getByRole('heading', { name: 'Companies', exact: true }).waitFor();
    await page.goto('/isolation');
    await page.getByRole('grid', { name: 'Endpoint by attack' }).waitFor();
    return page;
  }

  test('shows what leaked and why, filters by verdict and by endpoint, and is walked through by keyboard', async () => {
    const page = await staff();
    await page.getByRole('button', { name: '1 leaked' }).click();
    await expect.poll(() => page.getByRole('grid').locator('tbody tr').count()).toBe(1);
    await page.getByRole('gridcell', { name: 'leaked' }).click();
    await page.getByText('deal_id of A: its name came back').waitFor();
    await page.getByText('Attack 1: read').waitFor();
    await page.getByRole('button', { name: '1 leaked' }).click();
    await page.getByRole('textbox', { name: 'Find an endpoint' }).fill('get /api/tags');
    await page.getByRole('gridcell', { name: 'not reached' }).click();
    await page.getByText('its own admin gets 409').waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.getByText('Attack 2: change').waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('grid').locator('[tabindex="0"]').count()).toBe(1);
  });

  test('an attack is asked for from the page, tells how far it is, and is set for every night', async () => {
    const page = await staff();
    await page.getByRole('button', { name: 'Attack now' }).click();
    await page.getByRole('progressbar', { name: 'Attack under way' }).waitFor();
    await world.admin.query(
      `update probe_runs set status = 'running', heard_at = now(), done = 7, total = 190, endpoint = 'GET /api/tags' where status = 'waiting'`,
    );
    await page.getByText('7 of 190 endpoints. GET /api/tags').waitFor();
    await world.admin.query(
      `update probe_runs set status = 'failed', error = 'the server went away', finished_at = now() where status = 'running'`,
    );
    await page.getByText('the server went away').waitFor();
    await page.getByRole('switch', { name: 'Attack every night' }).press('Space');
    await page.getByText('The schedule is saved.').waitFor();
    await expect.poll(async () => (await root.get('/api/platform/isolation')).body.probe_schedule.nightly).toBe(true);
  });

  test.each(screens)('is accessible, %o', async (screen) => {
    const page = await staff(screen);
    await page.getByRole('gridcell', { name: 'leaked' }).click();
    const pictures = process.env.BULKHEAD_PICTURES;
    if (pictures) {
      await page.getByRole('grid').scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${pictures}/matrix-${screen.colorScheme}-${screen.viewport.width}.png` });
    }
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
