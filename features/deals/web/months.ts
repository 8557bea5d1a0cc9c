import { plus } from '../../../web/kit/decimal.ts';
import type { Days } from './use-filters.ts';

export interface Sums {
  count: number;
  total_value: string;
  weighted_value: string;
  won_count: number;
  won_value: string;
}

export interface Month extends Sums {
  /** `2026-11`; `earlier` for what should have closed before this month; `none` without an expected close. */
  month: string;
}

interface Row extends Sums {
  month: string | null;
  currency: string;
}

const SHOWN_BEFORE = 2;
const SHOWN_FROM_NOW = 12;
export const nothing: Sums = { count: 0, total_value: '0', weighted_value: '0', won_count: 0, won_value: '0' };

export const sum = (rows: Sums[]): Sums =>
  rows.reduce(
    (all, row) => ({
      count: all.count + row.count,
      total_value: plus(all.total_value, row.total_value),
      weighted_value: plus(all.weighted_value, row.weighted_value),
      won_count: all.won_count + row.won_count,
      won_value: plus(all.won_value, row.won_value),
    }),
    nothing,
  );

/** `2026-11` and so many months, as `2027-01`. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const at = year * 12 + number - 1 + months;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
}

const firstDay = (month: string) => `${month}-01`;
const lastDay = (month: string) => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`;
};

/**
 * The months of one currency that are looked at: the last two for what was won, a year from this one on, none left out;
 * before them what is overdue, after them what has no date.
 */
export function monthsOf(rows: Row[], currency: string, now: string): Month[] {
  const mine = rows.filter((row) => row.currency === currency);
  const last = mine.reduce((latest, { month }) => (month && month > latest ? month : latest), now);
  const from = monthAfter(now, -SHOWN_BEFORE);
  const months: Month[] = [];
  for (let month = from; month <= last && months.length < SHOWN_BEFORE + SHOWN_FROM_NOW; month = monthAfter(month, 1)) {
    const found = mine.find((row) => row.month === month) ?? nothing;
    // What should have closed by now is one heap, of whichever month.
    months.push({ ...found, month, ...(month < now ? { count: 0, total_value: '0', weighted_value: '0' } : {}) });
  }
  const late = sum(mine.filter(({ month }) => month !== null && month < now));
  const undated = mine.find(({ month }) => month === null);
  return [
    ...(late.count > 0 ? [{ ...late, month: 'earlier', won_count: 0, won_value: '0' }] : []),
    ...months,
    ...(undated ? [{ ...undated, month: 'none' }] : []),
  ];
}

/** The filters of the deals that are open in the month, or were won in it. */
export function daysOf(month: string, now: string, kind: 'open' | 'won'): Days {
  if (month === 'none') return { no_close: 'true' };
  if (month === 'earlier') return { close_to: lastDay(monthAfter(now, -1)) };
  return kind === 'won'
    ? { closed_from: firstDay(month), closed_to: lastDay(month) }
    : { close_from: firstDay(month), close_to: lastDay(month) };
}
