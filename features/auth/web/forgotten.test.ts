import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, logIn, screens } from '../../../test/browser.ts';
import { createWorld, type World } from '../../../test/harness.ts';
import { type Letters, receiveLetters } from '../../../test/letters.ts';
import auth from '../server/feature.ts';
import { PASSWORD, register } from '../server/testing/logins.ts';

const NEW = 'a wholly new password';

describe.runIf(hasBrowser)('a forgotten password', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let letters: Letters;
  let email: string;

  beforeAll(async () => {
    world = await createWorld();
    letters = await receiveLetters(world);
    desk = await createDesk(world);
    ({ email } = await register(world));
  });

  test('is set anew by the link of the letter, from the login, by keyboard alone', async () => {
    const page = await desk.open('/login');
    await page.getByRole('link', { name: 'Forgot your password?' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('email');
    await page.keyboard.type(email);
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText(email).waitFor();

    await page.goto(await letters.link(email, [auth]));
    await page.getByRole('heading', { name: 'Set a new password' }).waitFor();
    await page.keyboard.type('short');
    await page.keyboard.press('Enter');
    await page.getByText('Use at least 12 characters.').waitFor();
    await page.getByRole('textbox', { name: 'New password' }).fill('');
    await page.keyboard.type(NEW);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor();
    await page.getByRole('link', { name: 'Log in' }).click();
    await logIn(page, email, PASSWORD);
    await page.getByRole('alert').getByText('wrong').waitFor();
    await logIn(page, email, NEW);
    await page.getByRole('heading', { name: /^My day/ }).waitFor();
  });

  test('is told that the link was used or is incomplete, and how to get another', async () => {
    const { email: other } = await register(world);
    await world.anonymous.post('/api/auth/forgot-password', { email: other });
    const link = await letters.link(other, [auth]);
    const token = new URL(link, 'http://x').searchParams.get('token');
    await world.anonymous.post('/api/auth/reset-password', { token, new_password: NEW });
    const page = await desk.open(link);
    await page.getByRole('textbox', { name: 'New password' }).fill('another new password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('used before').waitFor();
    await page.goto('/reset-password');
    await page.getByRole('alert').getByText('missing').waitFor();
    await page.getByRole('link', { name: 'Send me a new link' }).click();
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
  });

  test('does not tell whether anybody logs in with an address', async () => {
    const said: string[] = [];
    for (const address of [email, 'nobody@nowhere.example']) {
      const page = await desk.open('/forgot-password');
      await page.getByLabel('E-mail').fill(address);
      await page.keyboard.press('Enter');
      said.push((await page.getByRole('status').innerText()).replace(address, ''));
    }
    expect(said[0]).toBe(said[1]);
  });

  test('says what a password that is easy to guess lacks', async () => {
    const page = await desk.open('/reset-password?token=made-up');
    await page.getByRole('textbox', { name: 'New password' }).fill('aaaaaaaaaaaaaa');
    await page.keyboard.press('Enter');
    await page.getByText('is too easy to guess').waitFor();
  });

  test.each(screens)('is accessible, %o', async (screen) => {
    const page = await desk.open('/forgot-password', screen);
    for (const path of ['/forgot-password', '/reset-password?token=x', '/reset-password']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await flaws(page), path).toEqual([]);
    }
    expect(desk.complaints).toEqual([]);
  });
});
