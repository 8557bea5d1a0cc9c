import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, type BrowserContextOptions, chromium, type Page, type Route } from 'playwright-core';
import { afterAll } from 'vitest';
import { hashPassword } from '../server/platform/password.ts';
import type { Person, World } from './harness.ts';

/** Whether browser tests can run: `npm test` finds a Chromium, or says that none is wanted. */
export const hasBrowser = process.env.BULKHEAD_CHROMIUM !== undefined;

const axe = () => readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

export interface Desk {
  /** A page of a browser of its own: nothing is shared with another, as on two machines. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** The same with this person logged in. */
  openAs(person: Person, path: string, options?: BrowserContextOptions): Promise<Page>;
  /** What pages complained about: errors, blocked styles and scripts. Requests that the server refuses are not among them. */
  complaints: string[];
}

/** Serves the world on a port, and opens a browser on it, each desk its own; all close when the test file ends. */
export async function createDesk(world: World): Promise<Desk> {
  if (!world.app.server.listening) await world.app.listen({ port: 0, host: '127.0.0.1' });
  const origin = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}`;
  const executablePath = process.env.BULKHEAD_CHROMIUM ?? '';
  const browser: Browser = await chromium.launch({ executablePath, args: flags });
  afterAll(() => browser.close());
  const complaints: string[] = [];

  async function prepare(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ baseURL: origin, ...options });
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource|WebSocket/.test(message.text())) {
        complaints.push(message.text());
      }
    });
    return page;
  }
  return {
    complaints,
    async open(path, options) {
      const page = await prepare(options);
      await page.goto(path);
      return page;
    },
    async openAs(person, path, options) {
      const page = await prepare(options);
      await page.context().route('**/api/auth/refresh', (route) => route.fulfill({ json: grantOf(person) }));
      await page.goto(path);
      return page;
    },
  };
}

/** Stands in for the cookie's answer, so that tests need no password: what the token may do, the real server decides. */
function grantOf(person: Person) {
  const user = {
    id: person.userId,
    email: person.email,
    first_name: 'Test',
    last_name: 'Person',
    role: person.role,
  };
  return {
    access_token: person.token,
    token_type: 'bearer',
    expires_in: 900,
    refresh_token: null,
    user: { ...user, company_id: person.companyId, company_name: `Company ${person.companyId.slice(-6)}` },
  };
}

type Staff = Awaited<ReturnType<World['superAdmin']>>;

/** Somebody of the platform's staff who can log in with a password. */
export async function staffWithPassword(world: World): Promise<Staff & { password: string }> {
  const staff = await world.superAdmin();
  const password = 'four small otters dive';
  await world.admin.query('update login_identities set password_hash = $1 where id = $2', [
    await hashPassword(password),
    staff.identityId,
  ]);
  return { ...staff, password };
}

/** Fills in the login that is shown, and sends it. */
export async function logIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** What `stillness` and `idleness` bring into a page; awaited, the page is at rest. */
export interface Rest {
  /** Nothing moves or fades any more but what waits to be loaded. */
  still(): Promise<void>;
  /** Nothing is left to do, and then for this many milliseconds more. */
  idle(milliseconds: number): Promise<void>;
}

/**
 * Runs in the page. An animation whose element left the page may never tell its end, and a busy
 * machine's page may never be idle: neither is waited for longer than people would look.
 */
function bringRest() {
  const PATIENCE = 3_000;
  const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  const rest: Rest = {
    async still() {
      const ending = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
      await Promise.race([Promise.allSettled(ending.map(({ finished }) => finished)), wait(PATIENCE)]);
    },
    async idle(milliseconds) {
      await new Promise((resolve) => requestIdleCallback(resolve, { timeout: PATIENCE }));
      await wait(milliseconds);
    },
  };
  Object.assign(window, { rest });
}

export async function stillness(page: Page): Promise<void> {
  await page.evaluate(bringRest);
  await page.evaluate(() => (window as unknown as { rest: Rest }).rest.still());
}

export async function idleness(page: Page, milliseconds: number): Promise<void> {
  await page.evaluate(bringRest);
  await page.evaluate((more) => (window as unknown as { rest: Rest }).rest.idle(more), milliseconds);
}

interface Point {
  x: number;
  y: number;
}

/** The page has drawn what it knew when this was called. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise<unknown>((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/**
 * Drags by mouse, and drops when the page has drawn it there and has said so to screen readers:
 * a drop counts where the drag was last seen, and a busy machine sees late.
 */
export async function drag(page: Page, from: Point, to: Point, told?: string): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
  if (told) await page.getByText(told).waitFor({ state: 'attached' });
  await drawn(page);
  await page.mouse.up();
}

/** From now on the page hears a second late of what the server has done: what people do meanwhile is no conflict with themselves. */
export async function hearLate(page: Page, of: RegExp): Promise<void> {
  const late = async (route: Route) => {
    const response = await route.fetch();
    await delay(1_000);
    await route.fulfill({ response });
  };
  // A page that the end of its test has closed meanwhile need not hear anything.
  await page.route(of, (route) =>
    late(route).catch((error) => {
      if (!page.isClosed()) throw error;
    }),
  );
}

/** What keeps people from using the page as it stands: what axe finds, and more width than the screen has. */
export async function flaws(page: Page): Promise<string[]> {
  // What fades in has no contrast yet.
  await stillness(page);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...(await violations(page)), ...(excess > 0 ? [`${excess} pixels wider than the screen`] : [])];
}

/** The screens that every page is looked at on. */
export const screens = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1280, 360].map((width) => ({ colorScheme, viewport: { width, height: 740 } })),
);

/** What axe finds wrong with the page as it stands, as readable lines; empty when nothing is. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe());
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } };
    interface Violation {
      id: string;
      nodes: { html: string }[];
    }
    const found = await axe.run();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  });
}
