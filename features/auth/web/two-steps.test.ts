import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, logIn, screens } from '../../../test/browser.ts';
import { createWorld, type World } from '../../../test/harness.ts';
import { PASSWORD, register } from '../server/testing/logins.ts';

const STEP_MS = 30_000;
/** The code of the step after this one, which is taken too: this one's is used up by the confirmation. */
const codeOf = (secret: string, later = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate({ timestamp: Date.now() + later });

describe.runIf(hasBrowser)('the two-step login', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let email: string;
  let secret: string;
  let recovery: string[];

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ({ email } = await register(world));
  });

  async function profile(to = email): Promise<Page> {
    const page = await desk.open('/profile');
    await logIn(page, to, PASSWORD);
    return page;
  }
  const password = (page: Page) => page.getByRole('dialog').getByRole('textbox', { name: 'Password' });

  test('is switched on with a scanned code, by keyboard alone, and gives recovery codes', async () => {
    const page = await profile();
    const open = page.getByRole('button', { name: 'Switch on' });
    await open.focus();
    await page.keyboard.press('Enter');
    await password(page).waitFor();
    await page.keyboard.type('not it');
    await page.keyboard.press('Enter');
    await page.getByText('This is not your password.').waitFor();
    await password(page).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    secret = await page.getByLabel('Or type this key in').inputValue();
    await page.getByLabel('Six digits').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('This code is wrong or was used before.').waitFor();
    await page.getByLabel('Six digits').fill(codeOf(secret));
    await page.keyboard.press('Enter');
    const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await expect.poll(() => codes.count()).toBe(10);
    recovery = await codes.allInnerTexts();
    // Shown once: a stray key must not close it.
    await page.keyboard.press('Escape');
    expect(await codes.count()).toBe(10);
    await page.getByRole('button', { name: 'I have kept them' }).press('Enter');
    await page.getByText('Switched on').waitFor();
  });

  test('asks for the code at the login, refuses a wrong one in words, and takes the right one', async () => {
    const page = await profile();
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await page.getByLabel('Code').pressSequentially('000000');
    await page.getByText('That code is wrong').waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.getByLabel('Code').fill('');
    await page.getByLabel('Code').pressSequentially(codeOf(secret, STEP_MS));
    await page.getByText('Switched on').waitFor();
  });

  test('is switched off with a recovery code, after which the password alone logs in', async () => {
    const page = await profile();
    const [first = '', second = ''] = recovery;
    await page.getByLabel('Code').fill(first);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Switch off' }).click();
    await password(page).fill(PASSWORD);
    await page.getByLabel('Code of the app, or a recovery code').fill(first);
    await page.keyboard.press('Enter');
    await page.getByText('This code is wrong or was used before.').waitFor();
    await page.getByLabel('Code of the app, or a recovery code').fill(second);
    await page.keyboard.press('Enter');
    await page.getByText('Switched off').waitFor();
    await (await profile()).getByText('Switched off').waitFor();
  });

  test.each(screens)('is accessible in the profile, %o', async (screen) => {
    const { email: other } = await register(world);
    const page = await desk.open('/profile', screen);
    await logIn(page, other, PASSWORD);
    await page.getByRole('button', { name: 'Switch on' }).click();
    await password(page).waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
