import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, logIn, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { type Letters, receiveLetters } from '../../../test/letters.ts';
import { PASSWORD, register } from '../../auth/server/testing/logins.ts';
import invitations from '../server/feature.ts';

describe.runIf(hasBrowser)('the page of an invitation', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let letters: Letters;
  let ada: Person;

  beforeAll(async () => {
    world = await createWorld();
    letters = await receiveLetters(world);
    desk = await createDesk(world);
    ada = (await world.company('Nadan')).admin;
  });

  async function invite(email: string, more = {}): Promise<string> {
    await ada.post('/api/invitations/send', { email, ...more });
    return letters.link(email, [invitations]);
  }

  test('says who invites and as what, and logs in whom it makes a colleague, by keyboard alone', async () => {
    const link = await invite('lin@nadan.example', {
      user_role: 'sales_manager',
      first_name: 'Lin',
      last_name: 'Chen',
    });
    const page = await desk.open(link);
    await page.getByText('Test Person invites you as Sales manager').waitFor();
    expect(await page.getByLabel('First name').inputValue()).toBe('Lin');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('password');
    await page.keyboard.type('short');
    await page.keyboard.press('Enter');
    await page.getByText('Use at least 12 characters.').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /Lin Chen/ }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: /Lin Chen/ }).waitFor();
    await page.getByTitle('Nadan').waitFor();
    await page.goBack();
    expect(await page.content()).not.toContain(PASSWORD);

    const again = await desk.open(link);
    await again.getByRole('alert').getByText('accepted, taken back').waitFor();
    await again.getByRole('link', { name: 'Log in' }).click();
    await logIn(again, 'lin@nadan.example', PASSWORD);
    await again.getByRole('button', { name: /Lin Chen/ }).waitFor();
  });

  test('that nobody sent, or that is broken, leads on instead of showing a form', async () => {
    for (const search of ['', '?token=nonsense']) {
      const page = await desk.open(`/accept-invitation${search}`);
      await page.getByRole('heading', { name: 'This link leads nowhere' }).waitFor();
    }
  });

  test('opened where somebody else is logged in, leaves nothing of theirs', async () => {
    const { email } = await register(world, { company_name: 'Otherwise', admin_last_name: 'Elsewhere' });
    const link = await invite('new@nadan.example');
    const page = await desk.open('/contacts');
    await logIn(page, email, PASSWORD);
    await page.getByTitle('Otherwise').waitFor();
    await page.goto(link);
    await page.getByLabel('First name').fill('Noa');
    await page.getByLabel('Last name').fill('New');
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /Noa New/ }).waitFor();
    expect(await page.content()).not.toMatch(/Otherwise|Elsewhere/);
  });

  test.each(screens)('is accessible, %o', async (screen) => {
    const link = await invite(`axe${screens.indexOf(screen)}@nadan.example`);
    const page = await desk.open(link, screen);
    await page.getByRole('heading', { name: 'Join Nadan' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.goto('/accept-invitation');
    await page.getByRole('heading', { name: 'This link leads nowhere' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
