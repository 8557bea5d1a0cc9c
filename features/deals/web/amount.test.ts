import { expect, test } from 'vitest';
import { parsedAmount } from './amount.ts';

test.each([
  ['12500', 'en', '12500'],
  ['980.5', 'en', '980.5'],
  ['980,50', 'en', '980.50'],
  ['12,500.50', 'en', '12500.50'],
  ['12.500,50', 'de', '12500.50'],
  ['12.500,50', 'en', '12500.50'],
  ['12,500.50', 'de', '12500.50'],
  ['3.248.750', 'de', '3248750'],
  ['3,248,750', 'de', '3248750'],
  ['12,500', 'en', '12500'],
  ['12.500', 'de', '12500'],
  ['12 500,50', 'de', '12500.50'],
  ["12'500.50", 'en', '12500.50'],
])('%s is read in %s', (text, language, value) => {
  expect(parsedAmount(text, language)).toBe(value);
});

test.each([
  ['12.500', 'en'],
  ['12,500', 'de'],
  ['1.2.3', 'en'],
  ['12.50,00', 'de'],
  ['1,2345.00', 'en'],
  ['-5', 'en'],
  ['about 5', 'en'],
  ['', 'en'],
])('%s is refused in %s rather than guessed', (text, language) => {
  expect(parsedAmount(text, language)).toBeUndefined();
});
