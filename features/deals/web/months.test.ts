import { expect, test } from 'vitest';
import { daysOf, monthAfter, monthsOf, nothing } from './months.ts';

const row = (month: string | null, fields = {}, currency = 'USD') => ({ ...nothing, month, currency, ...fields });

test('leaves no month out, heaps up what is overdue, and keeps currencies apart', () => {
  const rows = [
    row('2025-03', { count: 1, total_value: '5.00', won_count: 9 }),
    row('2026-10', { count: 1, total_value: '7.00', won_count: 2 }),
    row('2027-01', { count: 3 }),
    row('2027-09', { count: 3 }, 'EUR'),
    row(null, { count: 4 }),
  ];
  const months = monthsOf(rows, 'USD', '2026-11');
  expect(months.map(({ month, count, won_count }) => [month, count, won_count])).toEqual([
    ['earlier', 2, 0],
    ['2026-09', 0, 0],
    ['2026-10', 0, 2],
    ['2026-11', 0, 0],
    ['2026-12', 0, 0],
    ['2027-01', 3, 0],
    ['none', 4, 0],
  ]);
  expect(months[0]?.total_value).toBe('12.00');
});

test('leads to the days of the month', () => {
  expect(daysOf('2028-02', '2026-11', 'open')).toEqual({ close_from: '2028-02-01', close_to: '2028-02-29' });
  expect(daysOf('2026-11', '2026-11', 'won')).toEqual({ closed_from: '2026-11-01', closed_to: '2026-11-30' });
  expect(daysOf('earlier', '2027-01', 'open')).toEqual({ close_to: '2026-12-31' });
  expect([monthAfter('2026-11', 2), monthAfter('2027-01', -2)]).toEqual(['2027-01', '2026-11']);
});
