import { expect, test } from 'vitest';
import { nextRow } from './table-keys.ts';

test('walks within the rows and stops at both ends', () => {
  expect(nextRow('ArrowDown', 0, 3, 10)).toBe(1);
  expect(nextRow('j', 2, 3, 10)).toBe(2);
  expect(nextRow('k', 0, 3, 10)).toBe(0);
  expect(nextRow('PageDown', 5, 100, 20)).toBe(25);
  expect(nextRow('End', 0, 100, 20)).toBe(99);
});

test('leaves other keys to whoever wants them', () => {
  expect(nextRow('n', 0, 3, 10)).toBeUndefined();
});
