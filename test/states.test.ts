import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDemo, stories } from '../demo/load.ts';
import { hashPassword } from '../server/platform/password.ts';
import { createDesk, type Desk, hasBrowser, idleness, logIn } from './browser.ts';
import { createWalker, pages, takesId, type Walker } from './crawl.ts';
import { createWorld, type World } from './harness.ts';
import { bringAxe, flawsNow, opened, openers, outOfTabsReach, press } from './states.ts';

const PASSWORD = 'correct horse battery';
/** A busy machine takes its time. */
const PATIENCE = 600_000;

/** Would end the walk, or leave the app. */
const NEVER = /log out|abmelden|stop acting|english|deutsch|download|export|print/i;
const SIGNED_OUT = pages.filter(({ isPublic }) => isPublic).map(({ path }) => path);
const company = pages.filter(({ isPublic, audience }) => !isPublic && audience !== 'platform');
const platform = pages.filter(({ audience }) => audience === 'platform').map(({ path }) => path);

describe.runIf(hasBrowser)('in whatever state a page is', { timeout: PATIENCE }, () => {
  let world: World;
  let desk: Desk;
  let admin: string;
  let root: string;
  /** A record of each kind, so that each page has an address. */
  let addresses: string[];

  beforeAll(async () => {
    world = await createWorld();
    const [first] = stories[0]?.people ?? [];
    admin = `${first?.first}.${first?.last}@${stories[0]?.domain}`.toLowerCase();
    const hash = await hashPassword(PASSWORD);
    const today = new Date().toISOString().slice(0, 10);
    await loadDemo({ adminUrl: world.adminUrl, today, hashes: new Map([[admin, hash]]) });
    const staff = await world.superAdmin();
    root = staff.email;
    await world.admin.query('update login_identities set password_hash = $1 where id = $2', [hash, staff.identityId]);
    desk = await createDesk(world);
    const { body } = await world.anonymous.post('/api/auth/login', { email: admin, password: PASSWORD });
    const client = world.as(body.access_token);
    const idOf = async (table: string) => (await client.get(`/api/${table}?limit=1`)).body.items[0]?.id;
    addresses = await Promise.all(
      company.map(async ({ path }) =>
        takesId({ path } as never) ? path.replace(/\$\w+/, await idOf(path.split('/')[1] ?? '')) : path,
      ),
    );
    const [keep, other] = (await client.get('/api/contacts?limit=2')).body.items;
    addresses = addresses.map((path) =>
      path === '/contacts/merge' ? `${path}?keep=${keep.id}&with=${other.id}` : path,
    );
  }, PATIENCE);

  async function inside(email: string): Promise<{ page: Page; walker: Walker }> {
    const page = await desk.open('/login', { viewport: { width: 1280, height: 800 } });
    await logIn(page, email, PASSWORD);
    await page.getByRole('navigation').first().waitFor();
    await bringAxe(page);
    return { page, walker: createWalker(page) };
  }

  /** Every page of these, once it has settled. */
  async function walk(
    email: string,
    paths: string[],
    each: (path: string, page: Page, walker: Walker) => Promise<void>,
  ) {
    const { page, walker } = await inside(email);
    for (const path of paths) {
      const stuck = new Error(`${path}: the page does not come to an end`);
      await Promise.race([
        (async () => {
          await walker.visit(path);
          await each(path, page, walker);
        })(),
        setTimeout(PATIENCE / 2, undefined, { ref: false }).then(() => Promise.reject(stuck)),
      ]);
    }
    await page.close();
  }

  test('nothing is wrong with what its buttons open: menus, lists, dialogs, forms that complain', async () => {
    const wrong: string[] = [];
    const seen = new Set<string>();
    const states: string[] = [];
    await walk(admin, addresses, async (path, page, walker) => {
      const note = async (state: string) => {
        states.push(`${path} ${state}`);
        wrong.push(...(await flawsNow(page)).map((flaw) => `${path} ${state}: ${flaw}`));
      };
      const found = (await openers(page, 'body')).filter(({ name, kind }) => !NEVER.test(name) && !seen.has(kind));
      for (const opener of found) {
        seen.add(opener.kind);
        const before = await opened(page);
        if (!(await press(page, opener))) continue;
        // What is opened may have to be fetched first.
        await walker.settle();
        const now = await opened(page);
        if (now !== undefined && now !== before) {
          await note(`${opener.name} › ${now}`);
          if (await complain(page)) await note(`${opener.name} › ${now}, unfilled`);
        }
        await restore(page);
        await walker.visit(path);
      }
    });
    expect([...new Set(wrong)]).toEqual([]);
    // So that a walk that opens little is no success.
    for (const kind of ['dialog', 'menu', 'listbox', 'panel']) expect(states.join()).toContain(`› ${kind} `);
    expect(states.length, states.join('\n')).toBeGreaterThan(35);
  });

  test('nothing is wrong while it loads, nor when it cannot be loaded', async () => {
    const wrong: string[] = [];
    const { page, walker } = await inside(admin);
    // What is kept from an earlier visit neither loads nor fails: here nothing is, but what the shell needs.
    await page.goto('/search');
    await page.getByRole('searchbox').waitFor();
    await bringAxe(page);
    // Failing comes first: it brings the pages' scripts, which unanswered requests would stand in the way of.
    for (const state of ['fails', 'waits'] as const) {
      await page.route(/\/api\/(?!auth)/, (route) =>
        state === 'fails'
          ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{}' })
          : undefined,
      );
      for (const path of addresses) {
        if (state === 'fails') await walker.visit(path);
        else {
          await page.evaluate((to) => history.pushState({}, '', to), path);
          await settled(page);
        }
        wrong.push(...(await flawsNow(page)).map((flaw) => `${path} ${state}: ${flaw}`));
      }
      await page.unroute(/\/api\/(?!auth)/);
    }
    expect([...new Set(wrong)]).toEqual([]);
  });

  test('nothing is wrong where there is nothing yet, nor with what the platform’s staff and strangers see', async () => {
    const wrong: string[] = [];
    const note = async (path: string, page: Page) => {
      wrong.push(...(await flawsNow(page)).map((flaw) => `${path}: ${flaw}`));
    };
    const fresh = (await world.company('Empty')).admin;
    await world.admin.query('update login_identities set password_hash = $1 where user_id = $2', [
      await hashPassword(PASSWORD),
      fresh.userId,
    ]);
    await walk(
      fresh.email,
      company.filter((each) => !takesId(each)).map(({ path }) => path),
      note,
    );
    await walk(root, platform, note);
    const stranger = await desk.open('/login');
    for (const path of SIGNED_OUT) {
      await stranger.goto(path);
      await stranger.getByRole('heading', { level: 1 }).first().waitFor();
      await bringAxe(stranger);
      await note(path, stranger);
      if (await complain(stranger)) await note(`${path}, unfilled`, stranger);
    }
    expect([...new Set(wrong)]).toEqual([]);
  });

  test('the Tab key comes to everything that can be pressed or filled in', async () => {
    const wrong: string[] = [];
    await walk(admin, addresses, async (path, page) => {
      wrong.push(...(await outOfTabsReach(page)).map((flaw) => `${path}: ${flaw}`));
    });
    expect(wrong).toEqual([]);
  });
});

const settled = (page: Page) => idleness(page, 120);

/** Sends a form as it is, where it has something to fill in. */
async function complain(page: Page): Promise<boolean> {
  const isSent = await page.evaluate(() => {
    const forms = [...document.querySelectorAll<HTMLFormElement>('form')].filter((form) => form.checkVisibility());
    const over = document.querySelector('[role="dialog"] form');
    const form = over ?? forms.at(-1);
    const submit = form?.querySelector<HTMLButtonElement>('button[type="submit"]');
    if (!submit || submit.disabled || !form?.querySelector('input:not([type="checkbox"]), textarea')) return false;
    submit.click();
    return true;
  });
  if (isSent) await settled(page);
  return isSent;
}

/** Closes what was opened, whatever it was. */
async function restore(page: Page): Promise<void> {
  for (let tries = 0; tries < 4; tries += 1) {
    await page.keyboard.press('Escape');
    const leave = page.getByRole('button', { name: 'Leave', exact: true });
    if (await leave.isVisible()) await leave.click();
  }
  if ((await page.locator('[role="dialog"]:visible').count()) > 0) {
    await page.reload();
    await page.getByRole('navigation').first().waitFor();
    await bringAxe(page);
  }
}
