import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, logIn, screens } from '../../../test/browser.ts';
import { type Client, createWorld, type World } from '../../../test/harness.ts';
import { type Letters, receiveLetters } from '../../../test/letters.ts';
import { PASSWORD, register } from '../../auth/server/testing/logins.ts';
import users from '../server/feature.ts';

// One pixel, as small as PNG gets.
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const NEW = 'a wholly new password';

describe.runIf(hasBrowser)('the profile', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let letters: Letters;

  beforeAll(async () => {
    world = await createWorld();
    letters = await receiveLetters(world);
    desk = await createDesk(world);
  });

  async function someone(screen = {}): Promise<{ page: Page; email: string; api: Client }> {
    const { email, body } = await register(world);
    const page = await desk.open('/profile', screen);
    await logIn(page, email, PASSWORD);
    await page.getByRole('heading', { name: 'Your profile' }).waitFor();
    return { page, email, api: world.as(body.access_token) };
  }

  test('keeps a language and a time zone, which the app then has on every machine', async () => {
    const { page, email, api } = await someone({ locale: 'en-US', timezoneId: 'UTC' });
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: 'Deutsch' }).click();
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Auckland');
    await page.getByRole('option', { name: 'Pacific/Auckland' }).click();
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByRole('heading', { name: 'Ihr Profil' }).waitFor();
    expect((await api.get('/api/users/me')).body).toMatchObject({ language: 'de', timezone: 'Pacific/Auckland' });

    await api.post('/api/activities', { type: 'call', subject: 'Across midnight', due_date: '2026-07-01T12:30:00Z' });
    const other = await desk.open('/activities/calendar?view=month&date=2026-07-01', {
      locale: 'en-US',
      timezoneId: 'UTC',
    });
    await logIn(other, email, PASSWORD);
    await other
      .getByRole('region', { name: 'Donnerstag, 2. Juli 2026' })
      .getByText(/^0?0:30$/)
      .waitFor();
  });

  test('is reached from the menu, and a new name stands everywhere at once, by keyboard alone', async () => {
    const { page } = await someone();
    await page.goto('/contacts');
    await page.getByRole('button', { name: /Ada Lovelace/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Your profile' }).waitFor();
    await page.getByRole('menuitem', { name: 'Your profile' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('First name').fill('Augusta');
    await page.keyboard.press('Enter');
    await page.getByText('Your profile is saved.').waitFor();
    await page.getByRole('button', { name: /Augusta Lovelace/ }).waitFor();
  });

  test('says when it was changed elsewhere meanwhile, and overwrites nothing', async () => {
    const { page, api } = await someone();
    await page.getByLabel('Job title').fill('Countess');
    const { headers } = await api.get('/api/users/me');
    const theirs = { first_name: 'Augusta', title: 'Analyst' };
    await api.put('/api/users/me', theirs, { 'if-match': String(headers.etag) });
    // The page itself knows of it by now, the form was filled before.
    await page.getByRole('button', { name: /Augusta Lovelace/ }).waitFor();
    await page.getByLabel('Job title').press('Enter');
    await page.getByRole('alert').getByText('Somebody else changed this').waitFor();
    expect((await api.get('/api/users/me')).body).toMatchObject(theirs);
    // Once that was said, what is saved is meant.
    await expect.poll(() => page.getByLabel('First name').inputValue()).toBe('Augusta');
    await page.getByLabel('Job title').press('Enter');
    await page.getByText('Your profile is saved.').waitFor();
    expect((await api.get('/api/users/me')).body).toMatchObject({ first_name: 'Augusta', title: 'Countess' });
  });

  test('takes a picture, shows it in the sidebar too, and removes it', async () => {
    const { page, api } = await someone();
    const pictures = page.getByRole('complementary').locator('img[src^="data:image"]');
    await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: PIXEL });
    await pictures.waitFor();
    expect((await api.get('/api/users/me')).body.avatar_url).toMatch(/avatar\?v=/);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('x') });
    await page.getByRole('alert').getByText('no picture').waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await pictures.waitFor({ state: 'detached' });
    expect((await api.get('/api/users/me')).body.avatar_url).toBeNull();
  });

  test('changes the password, refuses a wrong one beside its field, and ends the other sessions', async () => {
    const { page, email, api } = await someone();
    const fill = async (current: string) => {
      await page.getByRole('textbox', { name: 'Current password' }).fill(current);
      await page.getByRole('textbox', { name: 'New password' }).fill(NEW);
      await page.keyboard.press('Enter');
    };
    await fill('wrong');
    await page.getByText('This is not your current password.').waitFor();
    await fill(PASSWORD);
    await page.getByText('Your password is changed.').waitFor();
    expect((await api.get('/api/auth/me')).status).toBe(401);
    await page.reload();
    await page.getByRole('heading', { name: 'Your profile' }).waitFor();
    expect((await world.anonymous.post('/api/auth/login', { email, password: NEW })).status).toBe(200);
  });

  test('changes the address by the link that goes to the new one', async () => {
    const { page } = await someone();
    await page.getByRole('button', { name: 'Change the address' }).click();
    await page.getByLabel('New address').fill('countess@example.com');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Your password' }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('on its way to countess@example.com').waitFor();
    const link = await letters.link('countess@example.com', [users]);
    const elsewhere = await desk.open(link);
    await elsewhere.getByRole('button', { name: 'Confirm the address' }).click();
    await elsewhere.getByText('You log in with countess@example.com now.').waitFor();
    await elsewhere.goto(link);
    await elsewhere.getByRole('button', { name: 'Confirm the address' }).click();
    await elsewhere.getByRole('heading', { name: 'This link no longer works' }).waitFor();
    expect(await flaws(elsewhere)).toEqual([]);
  });

  test.each(screens)('is accessible, %o', async (screen) => {
    const { page } = await someone(screen);
    await page.getByRole('list', { name: 'Sessions' }).waitFor();
    await page.getByText('Switched off').waitFor();
    await page.getByText('No keys yet').waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
