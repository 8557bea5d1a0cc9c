import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, drag, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

// 2026-03-04 is a Wednesday; the browser's clock zone is set, so that the days are the same wherever the test runs.
const AT = '2026-03-04T10:00:00.000Z';
const zone = { timezoneId: 'UTC' };

describe.runIf(hasBrowser)('the calendar', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ours: Person;

  const plan = async (subject: string, due_date = AT) =>
    (await ours.post('/api/activities', { type: 'call', subject, due_date, reminder_at: due_date })).body.id as string;
  const due = async (id: string) => (await ours.get(`/api/activities/${id}`)).body.due_date;
  const chip = (page: Page, subject: string) => page.getByRole('button', { name: new RegExp(` ${subject} ?,`) });
  const dayOf = (page: Page, name: string) => page.getByRole('region', { name });

  beforeAll(async () => {
    world = await createWorld();
    ours = (await world.company()).admin;
    const theirs = (await world.company()).admin;
    await theirs.post('/api/activities', { type: 'call', subject: 'Canary', due_date: AT });
    desk = await createDesk(world);
  });

  test('keeps what is dragged to another day, at its time of day, and its reminder with it', async () => {
    const id = await plan('Dragged');
    const page = await desk.openAs(ours, '/activities/calendar?view=month&date=2026-03-01', zone);
    const told = 'Dragged is over Friday, March 6.';
    await move(page, chip(page, 'Dragged'), dayOf(page, 'Friday, March 6, 2026'), { told });
    await dayOf(page, 'Friday, March 6, 2026').getByText('Dragged').waitFor();
    await expect.poll(() => due(id)).toMatch(/^2026-03-06T10:00:00/);
    expect((await ours.get(`/api/activities/${id}`)).body.reminder_at).toMatch(/^2026-03-06T10:00:00/);
    expect(await page.innerText('body')).not.toMatch(/Canary/);
  });

  test('moves by keyboard: days and weeks in a month, quarters of an hour in a week', async () => {
    const id = await plan('By keys');
    const page = await desk.openAs(ours, '/activities/calendar?view=month&date=2026-03-01', zone);
    await chip(page, 'By keys').focus();
    await page.keyboard.press('Shift+ArrowRight');
    await dayOf(page, 'Thursday, March 5, 2026').getByText('By keys').waitFor();
    await chip(page, 'By keys').focus();
    await page.keyboard.press('Shift+ArrowDown');
    await dayOf(page, 'Thursday, March 12, 2026').getByText('By keys').waitFor();
    await expect.poll(() => due(id)).toMatch(/^2026-03-12T10:00:00/);
    await page.goto('/activities/calendar?view=week&date=2026-03-12');
    await chip(page, 'By keys').focus();
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(() => due(id)).toMatch(/^2026-03-12T10:15:00/);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(() => due(id)).toMatch(/^2026-03-12T10:00:00/);
  });

  test('keeps to the clock of the profile: what is moved by an hour there is moved by an hour', async () => {
    const person = await world.person(ours.companyId, 'sales_rep');
    await person.put('/api/users/me', { timezone: 'America/New_York' });
    const { body } = await person.post('/api/activities', {
      type: 'call',
      subject: 'Far away',
      due_date: '2026-03-05T03:00:00Z',
    });
    const page = await desk.openAs(person, '/activities/calendar?view=week&date=2026-03-04', zone);
    await dayOf(page, 'Wednesday, March 4, 2026').getByText('10:00 PM').waitFor();
    await chip(page, 'Far away').focus();
    await page.keyboard.press('Shift+ArrowDown');
    const moved = async () => (await person.get(`/api/activities/${body.id}`)).body.due_date;
    await expect.poll(moved).toMatch(/^2026-03-05T03:15:00/);
    await chip(page, 'Far away').press('Enter');
    await page.getByRole('complementary').getByText(/10:15/).first().waitFor();
  });

  test('puts it back when the server refuses, and says why', async () => {
    const id = await plan('Refused');
    const page = await desk.openAs(ours, '/activities/calendar?view=month&date=2026-03-01', zone);
    let refuse = () => {};
    const seen = new Promise<void>((resolve) => {
      refuse = resolve;
    });
    await page.route(`**/api/activities/${id}`, async (route) => {
      await seen;
      await route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: '{"detail":"Not just now."}',
      });
    });
    await chip(page, 'Refused').focus();
    await page.keyboard.press('Shift+ArrowRight');
    await dayOf(page, 'Thursday, March 5, 2026').getByText('Refused').waitFor();
    refuse();
    await page.getByText('Not just now.').waitFor();
    await dayOf(page, 'Wednesday, March 4, 2026').getByText('Refused').waitFor();
    expect(await due(id)).toMatch(/^2026-03-04T10:00:00/);
  });

  test('moves on before the move before was read, and is no conflict with itself', async () => {
    const id = await plan('Twice', '2026-06-03T10:00:00.000Z');
    const page = await desk.openAs(ours, '/activities/calendar?view=month&date=2026-06-01', zone);
    await chip(page, 'Twice').waitFor();
    await page.route(/api\/activities\?/, () => undefined);
    await chip(page, 'Twice').press('Shift+ArrowRight');
    await expect.poll(() => due(id)).toMatch(/^2026-06-04/);
    await chip(page, 'Twice').press('Shift+ArrowRight');
    await expect.poll(() => due(id)).toMatch(/^2026-06-05/);
  });

  test('drags to another hour of a week, opens by Enter, and goes on by keys', async () => {
    const id = await plan('Hourly', '2026-05-06T10:00:00.000Z');
    const page = await desk.openAs(ours, '/activities/calendar?view=week&date=2026-05-06', zone);
    await move(page, chip(page, 'Hourly'), undefined, { by: 60, told: 'Hourly is over Wednesday, May 6.' });
    await expect.poll(() => due(id)).toMatch(/^2026-05-06T11:00:00/);
    await chip(page, 'Hourly').press('Enter');
    await page.getByRole('complementary', { name: 'Hourly' }).getByRole('heading').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'May 10 – 16, 2026' }).waitFor();
    await page.keyboard.press('d');
    await page.getByRole('heading', { name: 'Wednesday, May 13, 2026' }).waitFor();
    await page.keyboard.press('n');
    await expect.poll(() => page.getByRole('dialog').getByLabel('Due').inputValue()).toBe('2026-05-13T09:00');
  });

  test('says when, what, with whom and whose; what has no room is counted, and moves are told in words', async () => {
    const at = '2026-09-09T10:00:00.000Z';
    const contact_id = (await ours.post('/api/contacts', { first_name: 'Mia', last_name: 'Berg' })).body.id;
    const id = (await ours.post('/api/activities', { type: 'call', subject: 'Ring', due_date: at, contact_id })).body
      .id;
    for (const n of [1, 2, 3]) await plan(`At once ${n}`, at);
    const boss = await world.person(ours.companyId, 'company_admin');
    const page = await desk.openAs(boss, '/activities/calendar?view=week&date=2026-09-09&whose=all', {
      ...zone,
      viewport: { width: 1440, height: 900 },
    });
    const day = dayOf(page, 'Wednesday, September 9, 2026');
    await day.getByRole('link', { name: '2 more, Wednesday, September 9, 2026' }).waitFor();
    for (const width of await day.locator('[data-chip]').evaluateAll((all) => all.map((one) => one.clientWidth)))
      expect(width).toBeGreaterThan(55);
    await page.goto('/activities/calendar?view=day&date=2026-09-09&whose=all');
    const ring = page.getByRole('button', { name: /10:00 AM Ring , Call, Mia Berg · \w+.*, Wednesday/ });
    await ring.getByText('Mia Berg').first().waitFor();
    await ring.press('Shift+ArrowRight');
    await page
      .getByText('Ring with Mia Berg moved to Thursday, September 10 at 10:00 AM.')
      .waitFor({ state: 'attached' });
    await expect.poll(() => due(id)).toMatch(/^2026-09-10/);
  });

  test.each(screens)('is accessible: $colorScheme, $viewport.width', async (screen) => {
    for (const view of ['month', 'week', 'day']) {
      const page = await desk.openAs(ours, `/activities/calendar?view=${view}&date=2026-03-06`, { ...screen, ...zone });
      if (view === 'month' && screen.viewport.width < 700)
        await page.getByRole('link', { name: /: 1$/ }).first().waitFor();
      else await chip(page, 'Dragged').waitFor();
      expect(await flaws(page)).toEqual([]);
    }
  });

  test('has nothing to complain about', () => {
    expect(desk.complaints).toEqual([]);
  });
});

type Spot = ReturnType<Page['getByRole']>;

/** To a day, or by so many pixels down its own; `told` is what the page says when it is there. */
async function move(page: Page, from: Spot, to: Spot | undefined, { by = 0, told }: { by?: number; told: string }) {
  await from.waitFor();
  const start = await from.boundingBox();
  const target = to ? await to.boundingBox() : start;
  if (!start || !target) throw new Error('what is dragged, or where to, is not there');
  const end = { x: target.x + 20, y: target.y + (to ? 40 : 8) + by };
  await drag(page, { x: start.x + 20, y: start.y + 8 }, end, told);
}
