import type { Page, Request } from 'playwright-core';
import type { Feature, FeaturePage } from '../web/features.ts';
import { idleness } from './browser.ts';

/** The app's own list, found as the app finds it. */
const features = import.meta.glob<Feature>('../features/*/web/index.tsx', { eager: true, import: 'feature' });
export const pages: FeaturePage[] = Object.values(features).flatMap((feature) => feature.pages);

/** Links of one shape, such as contacts' pages, that are followed: they show the same page of another row. */
const MOST = 2;
/** In milliseconds; longer than the server takes for anything. */
const PATIENCE = 20_000;

export interface Visit {
  href: string;
  /** Where it led to. */
  arrived: string;
  /** All that the page holds: what is read, what stands in fields, and what is kept in the browser. */
  text: string;
  links: string[];
}

export const takesId = ({ path }: FeaturePage) => path.includes('$');
const byPrecision = [...pages].sort((a, b) => Number(takesId(a)) - Number(takesId(b)));
const patterns = byPrecision.map((page) => ({
  page,
  pattern: new RegExp(`^${page.path.replace(/\$\w+/g, '[^/]+')}$`),
}));

/** The page that stands at an address, as the router chooses it: a path without an id before one with. */
export function pageAt(href: string): FeaturePage | undefined {
  const { pathname } = new URL(href, 'http://app');
  return patterns.find(({ pattern }) => pattern.test(pathname))?.page;
}

/** Visits every page that needs no id, then every link that is found, of each shape the first few. */
export async function crawl(walker: Walker, beforeEach: () => Promise<void>): Promise<Visit[]> {
  const queue = pages.filter((each) => !takesId(each)).map(({ path }) => path as string);
  const counts = new Map<string, number>();
  const visits: Visit[] = [];
  for (const href of queue) {
    await beforeEach();
    const seen = await walker.visit(href);
    visits.push(seen);
    for (const link of seen.links) {
      const shape = shapeOf(link);
      const count = counts.get(shape) ?? 0;
      if (queue.includes(link) || count >= MOST) continue;
      counts.set(shape, count + 1);
      queue.push(link);
    }
  }
  return visits;
}

function shapeOf(link: string): string {
  const { pathname, searchParams } = new URL(link, 'http://app');
  return `${pageAt(link)?.path ?? pathname}?${[...searchParams.keys()].sort()}`;
}

export interface Walker {
  visit(href: string): Promise<Visit>;
  /** Waits until nothing more comes: what was asked for is there, and shown. */
  settle(): Promise<void>;
}

/** Walks within the loaded app, as people who press its links, and waits at each place until nothing more comes. */
export function createWalker(page: Page): Walker {
  const awaited = new Map<Request, number>();
  page.on('request', (request) => void awaited.set(request, Date.now()));
  page.on('requestfinished', (request) => void awaited.delete(request));
  page.on('requestfailed', (request) => void awaited.delete(request));
  // The end of a request that a reload cut off is not always told.
  const isAwaited = () => [...awaited.values()].some((since) => Date.now() - since < PATIENCE);

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet = isAwaited() ? 0 : quiet + 1) await idleness(page, 30);
  }
  return {
    settle,
    async visit(href) {
      await page.evaluate((to) => history.pushState({}, '', to), href);
      await settle();
      return { href, ...(await page.evaluate(look)) };
    },
  };
}

/** Runs in the page. */
function look() {
  const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value);
  const { title, body, documentElement } = document;
  const kept = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href]')]
    .filter(({ origin, target }) => origin === location.origin && target !== '_blank')
    .map(({ pathname, search }) => pathname + search);
  const text = [title, body.innerText, ...fields, ...kept, documentElement.outerHTML].join('\n');
  return { arrived: location.href, text, links };
}
