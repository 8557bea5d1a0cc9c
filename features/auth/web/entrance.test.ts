import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, hasBrowser, violations } from '../../../test/browser.ts';
import { createWorld, type World } from '../../../test/harness.ts';

const PASSWORD = 'four small otters dive';

describe.runIf(hasBrowser)('the entrance', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;

  beforeAll(async () => {
    world = await createWorld();
    for (const name of ['Alder', 'Birch']) {
      const { body } = await world.anonymous.post('/api/register/company', {
        company_name: name,
        admin_first_name: name,
        admin_last_name: 'Admin',
        admin_email: `admin@${name.toLowerCase()}.example`,
        admin_password: PASSWORD,
      });
      await world.as(body.access_token).post('/api/contacts', { first_name: 'Only', last_name: `In ${name}` });
    }
    desk = await createDesk(world);
  });

  test('refuses a wrong password in words, and leads back to where one was with the right one', async () => {
    const page = await desk.open('/contacts?status=NEW');
    await logIn(page, 'alder', 'wrong password');
    await page.getByRole('alert').getByText('wrong').waitFor();
    await logIn(page, 'alder');
    await page.getByRole('row', { name: /In Alder/ }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/contacts?status=NEW');
    await page.reload();
    await page.getByRole('row', { name: /In Alder/ }).waitFor();
  });

  test('keeps no token where a script of another page could find it', async () => {
    const page = await desk.open('/login');
    await logIn(page, 'alder');
    await page.getByRole('heading', { name: /^My day/ }).waitFor();
    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]));
    expect(kept).not.toMatch(/eyJ|refresh|session/i);
  });

  test('shows nothing of A when A logs out and B logs in, not even by the back button', async () => {
    const page = await desk.open('/contacts');
    await logIn(page, 'alder');
    await page.getByRole('row', { name: /In Alder/ }).waitFor();
    await page.getByRole('button', { name: /Alder Admin/ }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect(await page.content()).not.toContain('Alder');
    const heard: string[] = [];
    page.on(
      'response',
      (response) =>
        void response.text().then(
          (text) => heard.push(text),
          () => undefined,
        ),
    );
    await logIn(page, 'birch');
    await page.getByRole('heading', { name: /^My day/ }).waitFor();
    await page.getByRole('button', { name: /Birch Admin/ }).waitFor();
    expect(await page.content()).not.toContain('Alder');
    await page.goBack();
    await page.waitForTimeout(500);
    expect(await page.content()).not.toContain('Alder');
    expect(heard.join()).not.toContain('Alder');
  });

  test('registers a company and shows it its own empty contact list and board', async () => {
    const page = await desk.open('/register');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('At least 12 characters').first().waitFor();
    await page.getByLabel('Company').fill('Cedar');
    await page.getByLabel('First name').fill('Cleo');
    await page.getByLabel('Last name').fill('Cedar');
    await page.getByLabel('E-mail').fill('admin@cedar.example');
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create' }).click();
    // Not the guide's link to the import, which is there a moment later.
    await page.getByRole('link', { name: /^Contacts/ }).click();
    await page.getByText('No contacts yet').waitFor();
    expect(await page.innerText('body')).not.toMatch(/Alder|Birch/);
    await page.getByRole('link', { name: 'Deals' }).click();
    await page.getByRole('heading', { name: 'Deals' }).waitFor();
  });

  test.each(['light', 'dark'] as const)('is accessible, %s, on a screen and on a phone', async (colorScheme) => {
    for (const path of ['/login', '/register']) {
      for (const width of [1280, 360]) {
        const page = await desk.open(path, { colorScheme, viewport: { width, height: 740 } });
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForTimeout(200);
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
    }
  });

  test('has nothing to complain about', () => {
    expect(desk.complaints).toEqual([]);
  });
});

async function logIn(page: Page, company: string, password = PASSWORD) {
  await page.getByLabel('E-mail').fill(`admin@${company}.example`);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}
