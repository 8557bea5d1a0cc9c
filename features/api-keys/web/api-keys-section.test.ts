import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('one’s API keys', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ada: Person;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ada = (await world.company()).admin;
  });

  test('are made, shown once, copied, and revoked, by keyboard alone', async () => {
    const page = await desk.openAs(ada, '/profile', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByText('No keys yet').waitFor();
    await page.getByRole('button', { name: 'New key' }).press('Enter');
    await page.getByLabel('What it is for').press('Enter');
    await page.getByText('Needed').waitFor();
    await page.keyboard.type('Nightly export');
    await page.keyboard.press('Enter');
    await page.getByText('it is shown this once').waitFor();
    expect(await flaws(page)).toEqual([]);
    const key = await page.getByRole('dialog').getByLabel('Nightly export').inputValue();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Copy' }).press('Enter');
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
    expect((await world.as(key).get('/api/contacts')).status).toBe(200);
    await page.getByRole('button', { name: 'I have kept it' }).press('Enter');
    expect(await page.content()).not.toContain(key);

    await page.getByRole('button', { name: 'Revoke the key: Nightly export' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('“Nightly export” no longer works.').waitFor();
    await page.getByText('No keys yet').waitFor();
    expect((await world.as(key).get('/api/contacts')).status).toBe(401);
  });

  test('are one’s own only, also for an admin, who may see the company’s elsewhere', async () => {
    const rep = await world.person(ada.companyId);
    await rep.post('/api/api-keys', { name: 'Of the rep' });
    await ada.post('/api/api-keys', { name: 'Of the admin' });
    const page = await desk.openAs(ada, '/profile');
    await page.getByText('Of the admin').waitFor();
    expect(await page.content()).not.toContain('Of the rep');
    expect(desk.complaints).toEqual([]);
  });
});
