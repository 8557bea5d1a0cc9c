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

test('keeps the company’s own fields apart, each by its type', () => {
  const own = [
    { key: 'seats', label: 'Seats', type: 'number', stored: 'number' },
    { key: 'plan', label: 'Plan', type: 'choice', stored: 'select' },
  ] as const;
  const seen = { ...base, custom_fields: { seats: 3, plan: 'basic' } };
  const mine = { ...base, custom_fields: { seats: '4,5', plan: 'basic', note: '' } };
  const theirs = { ...base, custom_fields: { seats: 3, plan: 'gold' } };
  expect(changeOf(seen, mine, [...own])).toEqual({ custom_fields: { seats: 4.5 } });
  expect(changeOf(seen, { ...seen, custom_fields: { seats: '', plan: null } }, [...own])).toEqual({
    custom_fields: { seats: null, plan: null },
  });
  expect(clashing(seen, mine, theirs)).toEqual([]);
  expect(rebased(seen, mine, theirs).custom_fields).toEqual({ seats: '4,5', plan: 'gold' });
  expect(clashing(seen, { ...seen, custom_fields: { plan: 'silver' } }, theirs)).toContain('custom_fields.plan');
});
