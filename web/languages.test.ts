import { expect, test } from 'vitest';
import { spoken } from './languages.ts';

test('the first language that the app speaks is taken, whatever its country', () => {
  expect(spoken(['fr-CH', 'de-CH', 'en'])).toBe('de');
  expect(spoken(['EN-gb'])).toBe('en');
  expect(spoken([null, undefined, '', 'toString', 'fr'])).toBeUndefined();
});
