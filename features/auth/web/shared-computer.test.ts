import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, hasBrowser, logIn } from '../../../test/browser.ts';
import { type Answer, createWorld, type World } from '../../../test/harness.ts';
import { PASSWORD, register } from '../server/testing/logins.ts';

const SECRET = 'Kanarie';

describe.runIf(hasBrowser)('a computer that A and B share', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let a: Answer & { email: string };
  let b: Answer & { email: string };
  let contact: string;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    a = await register(world, { company_name: `${SECRET} Ltd`, admin_last_name: SECRET });
    b = await register(world, { company_name: 'Plain', admin_first_name: 'Bea', admin_last_name: 'Plain' });
    contact = (await world.as(a.body.access_token).post('/api/contacts', { first_name: 'Of', last_name: SECRET })).body
      .id;
    await world.as(b.body.access_token).post('/api/contacts', { first_name: 'Of', last_name: 'Bea' });
  });

  async function visitAsA(): Promise<Page> {
    const page = await desk.open(`/contacts?open=${contact}`);
    await logIn(page, a.email, PASSWORD);
    await page.getByRole('complementary', { name: `Of ${SECRET}` }).waitFor();
    await page.getByRole('link', { name: 'Deals' }).click();
    await page.getByRole('heading', { name: 'Deals' }).waitFor();
    await page.getByRole('button', { name: new RegExp(SECRET) }).click();
    await page.getByRole('menuitem', { name: 'Your profile' }).click();
    await page.getByRole('heading', { name: 'Your profile' }).waitFor();
    return page;
  }

  test('shows and keeps nothing of A once B has logged in, by no button, reload or storage', async () => {
    const page = await visitAsA();
    await page.getByRole('button', { name: new RegExp(SECRET) }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect(await kept(page)).not.toContain(SECRET);
    const heard: string[] = [];
    page.on(
      'response',
      (answer) =>
        void answer.text().then(
          (text) => heard.push(text),
          () => undefined,
        ),
    );
    await logIn(page, b.email, PASSWORD);
    await page.getByRole('heading', { name: /^My day/ }).waitFor();
    // Where A was: the board, and the contact, which B finds missing.
    const board = page.getByRole('heading', { name: 'Deals' });
    const missing = page.getByRole('complementary').getByRole('alert');
    for (const [step, shown] of [
      ['goBack', board],
      ['goBack', missing],
      ['goForward', board],
      ['reload', board],
    ] as const) {
      await page[step]();
      await shown.waitFor();
      await page.getByRole('button', { name: /Bea Plain/ }).waitFor();
      expect(await kept(page), step).not.toContain(SECRET);
    }
    expect(heard.join('\n')).not.toContain(SECRET);
  });

  test('leads A back to where they were put out, and B there to nothing of A', async () => {
    const page = await visitAsA();
    await page.goto(`/contacts?open=${contact}`);
    await page.getByRole('complementary', { name: `Of ${SECRET}` }).waitFor();
    await page.getByRole('button', { name: 'New contact' }).click();
    await page.getByLabel('First name').fill('Too');
    await page.getByLabel('Last name').fill('Late');
    await world.admin.query(`update sessions set revoked_at = now() where company_id = $1`, [a.body.user.company_id]);
    world.app.sessions.forget();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect(await kept(page)).not.toContain(SECRET);
    await logIn(page, b.email, PASSWORD);
    await page.getByRole('row', { name: /Of Bea/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('open')).toBe(contact);
    await page.getByRole('alert').waitFor();
    expect(await kept(page)).not.toContain(SECRET);
    // What A began was not finished in the name of B.
    expect(await page.getByRole('row', { name: /Too Late/ }).count()).toBe(0);
  });

  test('has nothing to complain about', () => {
    expect(desk.complaints).toEqual([]);
  });
});

/** All that the page shows, and all that a script could find in the browser's stores. */
async function kept(page: Page): Promise<string> {
  const stores = await page.evaluate(async () => {
    const caches = await Promise.all(
      (await window.caches.keys()).map(async (name) => (await window.caches.open(name)).keys()),
    );
    const databases = await indexedDB.databases();
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, caches.flat().length, databases]);
  });
  return `${await page.title()}\n${await page.content()}\n${stores}`;
}
