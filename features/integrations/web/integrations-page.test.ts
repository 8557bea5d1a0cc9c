import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('integrations', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ada: Person;

  beforeAll(async () => {
    world = await createWorld({ env: { MAIL_FROM: 'Nadan <crm@example.com>' } });
    desk = await createDesk(world);
    ada = (await world.company('Nadan')).admin;
  });

  test('say that no letter leaves where no mail server is set', async () => {
    const page = await desk.openAs(ada, '/settings/integrations');
    await page.getByText('Not sent: no mail server is set').waitFor();
    await page.getByText('Nadan <crm@example.com>').waitFor();
    await page.getByText('None of them can be connected today.').waitFor();
  });

  test('are for admins', async () => {
    const page = await desk.openAs(await world.person(ada.companyId), '/settings/integrations');
    await page.getByRole('heading', { name: 'My day', level: 1 }).waitFor();
  });

  test.each(screens)('are accessible, %o', async (screen) => {
    const page = await desk.openAs(ada, '/settings/integrations', screen);
    await page.getByText('Nadan <crm@example.com>').waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
