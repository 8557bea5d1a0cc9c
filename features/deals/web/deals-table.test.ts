import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { makePipeline } from '../../pipelines/server/testing.ts';

const month = (ahead: number) => {
  const day = new Date();
  return new Date(Date.UTC(day.getFullYear(), day.getMonth() + ahead, 15)).toISOString().slice(0, 10);
};

describe.runIf(hasBrowser)('the table and the forecast of deals', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ours: Person;
  let mate: Person;
  let sales: Awaited<ReturnType<typeof makePipeline>>;

  beforeAll(async () => {
    world = await createWorld();
    ours = (await world.company()).admin;
    mate = await world.person(ours.companyId, 'sales_rep');
    await world.admin.query(`update users set first_name = 'Mate' where id = $1`, [mate.userId]);
    sales = await makePipeline(ours);
    const deals = [
      { title: 'Small', value: '100', expected_close_date: month(1) },
      { title: 'Middle', value: '200', expected_close_date: month(2), stage_id: sales.offer },
      { title: 'Large', value: '300', currency: 'EUR' },
      { title: 'Sold', value: '400', stage_id: sales.won },
    ];
    for (const deal of deals) await ours.post('/api/deals', deal);
    desk = await createDesk(world);
  });

  const titles = (page: Awaited<ReturnType<Desk['openAs']>>) => page.locator('[role=row] b').allTextContents();
  const stored = async (field: string) => {
    const { body } = await ours.get('/api/deals?status=open&sort=value');
    return body.items.map((deal: Record<string, unknown>) => deal[field]);
  };

  test('sorts and filters, keeps both in the address, and opens a deal', async () => {
    const page = await desk.openAs(ours, '/deals');
    await page.getByRole('link', { name: 'Table' }).click();
    await expect.poll(() => titles(page)).toEqual(['Small', 'Middle', 'Large']);
    await page.getByRole('button', { name: 'Value' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('value');
    await page.getByRole('button', { name: 'Value' }).click();
    await expect.poll(() => titles(page)).toEqual(['Large', 'Middle', 'Small']);
    await page.getByRole('searchbox').fill('midd');
    await expect.poll(() => titles(page)).toEqual(['Middle']);
    await page.reload();
    await expect.poll(() => titles(page)).toEqual(['Middle']);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Middle' }).getByRole('link', { name: 'Open the deal' }).click();
    await page.getByRole('heading', { name: 'Middle', level: 1 }).waitFor();
  });

  test('says when nothing fits, and shows all again', async () => {
    const page = await desk.openAs(ours, '/deals?view=table&q=nothing+like+it');
    await page.getByRole('heading', { name: 'No deal fits' }).waitFor();
    await page.getByRole('button', { name: 'Show all deals' }).click();
    await expect.poll(() => titles(page)).toContain('Sold');
  });

  test('moves and hands over many at once, and takes it back', async () => {
    const page = await desk.openAs(ours, '/deals?view=table&sort=value');
    const stages = await stored('stage_id');
    await page.getByRole('checkbox', { name: 'Pick Small' }).press('Space');
    await page.getByRole('button', { name: 'Pick all that are shown' }).click();
    await page.getByRole('region', { name: 'Picked deals' }).getByText('3 deals').waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'Move to' }).click();
    await page.getByRole('menuitem', { name: 'Lost' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('Season is over');
    await page.keyboard.press('Enter');
    await page.getByText('3 deals are in Lost now.').waitFor();
    expect(await stored('title')).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => stored('stage_id')).toEqual(stages);
    await page.getByRole('checkbox', { name: 'Pick Large' }).check();
    await page.getByRole('button', { name: 'Give to' }).click();
    await page.getByRole('menuitem', { name: 'Mate Person' }).click();
    await page.getByText('1 deal belongs to Mate Person now.').waitFor();
    expect(await stored('owner_id')).toEqual([ours.userId, ours.userId, mate.userId]);
    await page.keyboard.press('Control+z');
    await expect.poll(() => stored('owner_id')).toEqual([ours.userId, ours.userId, ours.userId]);
  });

  test('forecasts by month and currency, and leads from a figure to its deals', async () => {
    const page = await desk.openAs(ours, '/deals?view=forecast');
    await page.getByRole('region', { name: 'Forecast by month' }).getByRole('link').first().waitFor();
    expect(await page.getByRole('row', { name: /From this month on/ }).textContent()).toContain('$300');
    await page.getByRole('link', { name: /\$400 won/ }).click();
    await expect.poll(() => titles(page)).toEqual(['Sold']);
    await page.goBack();
    await page
      .getByRole('row', { name: /\$100 / })
      .first()
      .getByRole('link')
      .click();
    await expect.poll(() => titles(page)).toEqual(['Small']);
    await page.getByRole('button', { name: /Without Closes/ }).click();
    await expect.poll(() => titles(page)).toEqual(['Small', 'Middle']);
    await page.goto('/deals?view=forecast&currency=EUR');
    await page.getByRole('link', { name: /No date: €300/ }).click();
    await expect.poll(() => titles(page)).toEqual(['Large']);
  });

  test.each(screens)('is accessible, %o', async (screen) => {
    const page = await desk.openAs(ours, '/deals?view=table', screen);
    await page.getByText('Small').waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.goto('/deals?view=forecast');
    await page.getByRole('row', { name: /From this month on/ }).waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
