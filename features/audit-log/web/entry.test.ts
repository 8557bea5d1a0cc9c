import { expect, test } from 'vitest';
import { differences, edge, nameIn } from './entry.ts';

test('a change is told field by field, without what only the machine cares for', () => {
  const changes = { before: { title: null, version: 1 }, after: { title: 'CEO', version: 2 } };
  expect(differences({ changes })).toEqual([{ field: 'title', before: null, after: 'CEO' }]);
});

test('of what was made, empty fields say nothing', () => {
  const changes = { after: { id: 'x', first_name: 'Ada', last_name: 'Lovelace', tags: [], custom_fields: {} } };
  expect(differences({ changes }).map(({ field }) => field)).toEqual(['first_name', 'last_name']);
  expect(nameIn({ changes, resource_type: 'contacts' })).toBe('Ada Lovelace');
  expect(nameIn({ changes: { after: { title: 'CEO' } }, resource_type: 'contacts' })).toBeUndefined();
  expect(nameIn({ changes: { after: { title: 'Roof' } }, resource_type: 'deals' })).toBe('Roof');
});

test('changes of a shape that is not known are none', () => {
  for (const changes of [null, 'x', { before: 1 }, {}]) expect(differences({ changes })).toEqual([]);
});

test('a range ends with its last day', () => {
  const [from, to] = [edge('2026-03-01'), edge('2026-03-01', true)];
  expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(86_400_000);
  expect([edge(undefined), edge('soon')]).toEqual([undefined, undefined]);
});
