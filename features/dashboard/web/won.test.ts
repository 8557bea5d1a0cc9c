import { expect, test } from 'vitest';
import { course, monthsOf } from './won.ts';

test('the course of a month adds up, day by day, as far as it has come', () => {
  const days = [
    { day: '2026-03-02', value: '10.50', count: 1 },
    { day: '2026-03-04', value: '5.00', count: 2 },
    { day: '2026-02-04', value: '99.00', count: 1 },
  ];
  expect(course(days, '2026-03', 5)).toEqual([0, 10.5, 10.5, 15.5, 15.5]);
});

test('January follows December', () => {
  expect(monthsOf('2026-01-09')).toMatchObject({ current: '2026-01', previous: '2025-12', isUntil: 9 });
});
