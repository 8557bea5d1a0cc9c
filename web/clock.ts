/** The time zone that the reader chose in their profile; undefined: their browser's. */
let zone: string | undefined;
let format: Intl.DateTimeFormat | undefined;
const listeners = new Set<() => void>();

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
export const readerZone = () => zone;

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** From now on days begin, and clocks show, as they do there. A zone that this browser does not know is not taken. */
export function setZone(next: string | null | undefined): void {
  const wanted = next && next !== ownZone() ? next : undefined;
  if (wanted === zone) return;
  try {
    format = wanted === undefined ? undefined : new Intl.DateTimeFormat('en-US', { timeZone: wanted, ...parts });
    zone = wanted;
  } catch {
    return;
  }
  for (const listener of listeners) listener();
}

const parts = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;

/**
 * What the reader's clock shows at an instant, now unless told: a date whose own fields (`getHours`, `toLocaleString` ...)
 * are the clock's. In the hour that the browser's zone skips in spring, and only where the reader's is another, it is one
 * off. Only `instant` makes a time of it again.
 */
export function wall(at: string | number | Date = Date.now()): Date {
  const date = new Date(at);
  if (format === undefined || Number.isNaN(date.getTime())) return date;
  const { year, month, day, hour, minute, second } = Object.fromEntries(
    format.formatToParts(date).map(({ type, value }) => [type, Number(value)]),
  ) as Record<keyof Omit<typeof parts, 'hourCycle'>, number>;
  return new Date(year, month - 1, day, hour, minute, second, date.getUTCMilliseconds());
}

/** When the reader's clock shows that, as the API takes it. */
export function instant(shown: Date): string {
  let time = shown.getTime();
  // Twice: the first step may have crossed a change of the clocks.
  for (let round = 0; round < 2; round += 1) time += shown.getTime() - wall(time).getTime();
  return new Date(time).toISOString();
}

/** Minutes by which the reader's clock is ahead of Greenwich's. */
export function utcOffset(): number {
  const now = new Date();
  const shown = wall(now);
  const fields = [shown.getMonth(), shown.getDate(), shown.getHours(), shown.getMinutes(), shown.getSeconds()] as const;
  return Math.round((Date.UTC(shown.getFullYear(), ...fields) - now.getTime()) / 60_000);
}
