import type { Dashboard } from './use-dashboard.ts';

const LONGEST_MONTH = 31;

/** This month and the one before as 2026-11, the days that the axis needs, and how far this one has come. */
export function monthsOf(today: string) {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const before = new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
  return { current: today.slice(0, 7), previous: before, steps: LONGEST_MONTH, isUntil: day };
}

/** What had been won by each day of a month. A picture's heights: sums that are read come from the server. */
export function course(days: Dashboard['won']['days'], month: string, until: number): number[] {
  const heights: number[] = [];
  let sum = 0;
  for (let day = 1; day <= until; day += 1) {
    const name = `${month}-${String(day).padStart(2, '0')}`;
    sum += Number(days.find((each) => each.day === name)?.value ?? 0);
    heights.push(sum);
  }
  return heights;
}
