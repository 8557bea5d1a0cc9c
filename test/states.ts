import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { type Rest, stillness } from './browser.ts';

const axe = () => readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** So that what is looked at can be looked at often: axe is brought into the page once. */
export const bringAxe = (page: Page) => page.evaluate(axe());

/** What keeps people from using the page in the state that it is in, light and dark, by eye, by ear and by keyboard. */
export async function flawsNow(page: Page): Promise<string[]> {
  await stillness(page);
  return page.evaluate(look);
}

/** Runs in the page. */
async function look(): Promise<string[]> {
  interface Found {
    violations: { id: string; nodes: { html: string; any: { message: string }[] }[] }[];
  }
  const { axe, rest } = window as unknown as { axe: { run: (...what: object[]) => Promise<Found> }; rest: Rest };
  const lines = ({ violations }: Found, scheme: string) =>
    violations.map(
      ({ id, nodes }) =>
        `${scheme} ${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.any[0]?.message.slice(0, 120) ?? ''}`,
    );
  const root = document.documentElement;
  const scheme = 'data-mantine-color-scheme';
  const own = root.getAttribute(scheme) ?? 'light';
  // What lies under a dialog or menu is looked at where nothing lies over it.
  const over = [...document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]')]
    .filter((element) => element.checkVisibility())
    .at(-1);
  const lean = { resultTypes: ['violations'], elementRef: false, preload: false };
  const found = lines(await axe.run(over ?? document, lean), own);
  root.setAttribute(scheme, own === 'light' ? 'dark' : 'light');
  await rest.still();
  const contrast = await axe.run(over ?? document, { ...lean, runOnly: ['color-contrast'] });
  found.push(...lines(contrast, root.getAttribute(scheme) ?? ''));
  root.setAttribute(scheme, own);
  await rest.still();

  // What looks as if it could be pressed can be reached by keyboard, or is part of what hears the keys for it.
  const reached =
    'a[href], button, label, input, select, textarea, summary, [tabindex], [role="option"], [role="menuitem"], [role="grid"]';
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    if (getComputedStyle(element).cursor !== 'pointer' || element.closest(reached)) continue;
    if (element.querySelector('a[href], button, input')) continue;
    found.push(`by mouse only: ${element.outerHTML.slice(0, 160)}`);
  }
  const inPart =
    '[role="grid"], [role="menu"], [role="listbox"], [role="radiogroup"], [role="toolbar"], [role="tablist"]';
  for (const element of document.querySelectorAll<HTMLElement>('a[href][tabindex="-1"], button[tabindex="-1"]')) {
    // What a field has beside it (a cross, a chevron) does what its keys do.
    if (element.closest(inPart) || element.parentElement?.querySelector('input') || element.offsetParent === null)
      continue;
    if (element.closest('[data-position], [aria-hidden="true"]')) continue;
    found.push(`out of the keyboard’s reach: ${element.outerHTML.slice(0, 160)}`);
  }
  return found;
}

/** What the Tab key does not come to, going once around the page. */
export async function outOfTabsReach(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const stops = [
      ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex="0"]'),
    ];
    const isStop = (element: HTMLElement) =>
      element.tabIndex >= 0 &&
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.matches(':disabled, [type="hidden"], [type="radio"]') &&
      !element.closest('[inert]');
    const missed = new Set(stops.filter(isStop));
    (window as unknown as { missed: Set<HTMLElement> }).missed = missed;
    document.addEventListener('focusin', ({ target }) => missed.delete(target as HTMLElement));
    // From the top: a list that grows as one goes through it has no end.
    const start = document.createElement('span');
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
  });
  const left = () =>
    page.evaluate(() => {
      const { missed } = window as unknown as { missed: Set<HTMLElement> };
      return [...missed].filter((element) => element.isConnected).map((element) => element.outerHTML.slice(0, 160));
    });
  for (let press = 0; press < 400; press += 1) {
    await page.keyboard.press('Tab');
    if (press % 20 === 19 && (await left()).length === 0) return [];
  }
  return left();
}

interface Opener {
  name: string;
  /** The same for what looks and is called alike: of these one is enough. */
  kind: string;
  at: number;
}

/** Buttons that may open something, each kind once. */
export function openers(page: Page, within: string): Promise<Opener[]> {
  return page.evaluate((root) => {
    const scope = document.querySelector(root) ?? document.body;
    const all = [...document.querySelectorAll<HTMLElement>('button, [role="combobox"], [role="menuitem"], summary')];
    const kinds = new Set<string>();
    return all.flatMap((element, at) => {
      if (!scope.contains(element) || !element.checkVisibility() || element.matches(':disabled, [data-disabled]'))
        return [];
      const name = (element.getAttribute('aria-label') ?? element.innerText ?? '').trim().slice(0, 60);
      const path = element.querySelector('path')?.getAttribute('d') ?? '';
      const [first = ''] = name.split(/[\s:]/);
      const kind = [element.tagName, element.className, element.getAttribute('aria-haspopup'), path, first].join(' ');
      if (kinds.has(kind)) return [];
      kinds.add(kind);
      return [{ name, kind, at }];
    });
  }, within);
}

/** Presses one of them, where `openers` counted it or wherever it is called so now. False where it is not there any more. */
export function press(page: Page, { at, name }: Opener): Promise<boolean> {
  return page.evaluate(
    ([index, called]) => {
      const all = document.querySelectorAll<HTMLElement>('button, [role="combobox"], [role="menuitem"], summary');
      const nameOf = (element: HTMLElement) =>
        (element.getAttribute('aria-label') ?? element.innerText ?? '').trim().slice(0, 60);
      const element = [all[index as number], ...all].find((each) => each?.checkVisibility() && nameOf(each) === called);
      if (!element) return false;
      element.focus();
      element.click();
      return true;
    },
    [at, name] as const,
  );
}

/** What stands over or beside the page now. */
export const opened = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const over = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], aside';
    const all = [...document.querySelectorAll<HTMLElement>(over)].filter((element) => element.checkVisibility());
    const last = all.at(-1);
    return (
      last &&
      `${last.getAttribute('role') ?? 'panel'} ${last.getAttribute('aria-label') ?? last.innerText.slice(0, 30)}`
    );
  });
