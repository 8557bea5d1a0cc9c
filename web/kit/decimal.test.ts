import { expect, test } from 'vitest';
import { minus, percentOf, plus } from './decimal.ts';

test('sums decimals exactly where floats would not', () => {
  expect(plus('0.1', '0.2')).toBe('0.30');
  expect(plus('9007199254740993.01', '0.01')).toBe('9007199254740993.02');
  expect(minus('10', '10.50')).toBe('-0.50');
  expect(plus('-0.25', '0.50')).toBe('0.25');
});

test('takes percents without rounding away the cents', () => {
  expect(percentOf('12500.00', 55)).toBe('6875.00');
  expect(percentOf('0.99', 12.5)).toBe('0.12375');
});
