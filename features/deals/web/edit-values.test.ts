import { expect, test } from 'vitest';
import type { Deal } from './deal.ts';
import { changeOf, clashing, rebased, valuesOf } from './edit-values.ts';

const base = valuesOf({ title: 'Roof', value: '10.00', currency: 'USD', probability: 10, tags: [] } as unknown as Deal);

test('sends the changed fields only, so that what others changed meanwhile stays', () => {
  expect(changeOf(base, { ...base, value: '12,50', company: 'Acme' })).toEqual({ value: '12.50', company: 'Acme' });
  expect(changeOf({ ...base, company: 'Acme' }, base)).toEqual({ company: null });
});

test('clashes only where both changed the same field to something else', () => {
  const mine = { ...base, value: '20', title: 'Big roof', company: 'Acme' };
  const theirs = { ...base, value: '30.00', title: 'Big roof', description: 'Steep' };
  expect(clashing(base, mine, theirs)).toEqual(['value']);
  expect(rebased(base, mine, theirs)).toEqual({ ...theirs, value: '20', company: 'Acme' });
  expect(rebased(base, mine, theirs, ['value'])).toEqual({ ...theirs, company: 'Acme' });
});
