import type { Page } from 'playwright-core';

/** Figures of several tries, in milliseconds. */
export interface Tries {
  median: number;
  worst: number;
}

export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

/** Begins to keep how long each input took to its next paint, in all pages that this one goes to. */
export async function watchPaints(page: Page): Promise<void> {
  // tsx names functions by a call that pages do not know.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(() => {
    const paints: number[] = [];
    Object.assign(window, { paints });
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) paints.push(duration);
    });
    observer.observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
}

/** The slowest paint of each try; the browser tells of none under 16 ms. */
export async function paintsOf(page: Page, tries: number, act: (nth: number) => Promise<void>): Promise<Tries> {
  const slowest: number[] = [];
  for (let nth = 0; nth < tries; nth += 1) {
    await page.evaluate(() => void (window as unknown as { paints: number[] }).paints.splice(0));
    await act(nth);
    await page.waitForTimeout(300); // the observer is told after the paint
    slowest.push(await page.evaluate(() => Math.max(16, ...(window as unknown as { paints: number[] }).paints)));
  }
  return { median: quantile(slowest, 0.5), worst: Math.max(...slowest) };
}

/** Scrolls a grid frame by frame: each frame's time, and in how many there was a row without its text. */
export function scrollGrid(page: Page, frames: number, step: number): Promise<{ times: number[]; blank: number }> {
  return page.getByRole('grid').evaluate(
    async (grid, [frames, step]) => {
      const { left, top, width, height } = grid.getBoundingClientRect();
      const textAt = (share: number) =>
        document
          .elementFromPoint(left + width / 3, top + height * share)
          ?.closest('[role=row]')
          ?.textContent?.trim();
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const times: number[] = [];
      let blank = 0;
      let before = await frame();
      for (let count = 0; count < frames; count += 1) {
        grid.scrollTop += step;
        const now = await frame();
        times.push(now - before);
        before = now;
        if ([0.2, 0.5, 0.95].some((share) => !textAt(share))) blank += 1;
      }
      return { times, blank };
    },
    [frames, step] as const,
  );
}
