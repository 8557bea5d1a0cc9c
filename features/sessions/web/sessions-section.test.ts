import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, logIn } from '../../../test/browser.ts';
import { createWorld, type World } from '../../../test/harness.ts';
import { PASSWORD, register } from '../../auth/server/testing/logins.ts';

const PHONE = 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36';

describe.runIf(hasBrowser)('one’s sessions', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let email: string;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ({ email } = await register(world));
  });

  async function open(path: string, userAgent?: string): Promise<Page> {
    const page = await desk.open(path, userAgent ? { userAgent } : {});
    await logIn(page, email, PASSWORD);
    return page;
  }

  test('name their devices and this one, and one that is ended is logged out there, with the way back kept', async () => {
    const phone = await open('/contacts?status=LEAD', PHONE);
    await phone.getByText('Nobody matches').waitFor();
    const page = await open('/profile');
    const rows = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
    await rows.first().getByText('This one').waitFor();
    await page.getByRole('button', { name: 'End the session: Chrome on Android' }).press('Enter');
    await page.getByText('Logged out: Chrome on Android.').waitFor();
    await rows.filter({ hasText: 'Android' }).waitFor({ state: 'detached' });

    // It finds out by itself; what was on the screen is gone, where one was is not.
    await phone.getByRole('heading', { name: 'Log in' }).waitFor();
    expect(new URL(phone.url()).searchParams.get('next')).toBe('/contacts?status=LEAD');
    await logIn(phone, email, PASSWORD);
    await phone.getByText('Nobody matches').waitFor();
  });

  test('are ended all but this one, after a question', async () => {
    await (await open('/contacts')).getByText('No contacts yet').waitFor();
    const page = await open('/profile');
    await page.getByRole('button', { name: 'End all others' }).click();
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click();
    await page.getByText(/sessions? (was|were) ended/).waitFor();
    const rows = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(1);
    expect(desk.complaints).toEqual([]);
  });
});
