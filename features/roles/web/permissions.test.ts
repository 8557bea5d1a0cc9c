import { expect, test } from 'vitest';
import { isAllowed, toggled } from './permissions.ts';

test('a role names only what it takes something away from', () => {
  const less = toggled({}, 'deals', 'delete', false);
  expect(less).toEqual({ deals: ['read', 'create', 'update'] });
  expect([isAllowed(less, 'deals', 'delete'), isAllowed(less, 'notes', 'delete')]).toEqual([false, true]);
  expect(toggled(less, 'deals', 'delete', true)).toEqual({});
});

test('a resource that nothing is left of is named with nothing', () => {
  expect(toggled({ imports: ['read'] }, 'imports', 'read', false)).toEqual({ imports: [] });
});
