import { expect, test } from 'vitest';
import { differences, edge, nameIn, nameOf } from './entry.ts';

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
  expect(nameIn({ changes: { after: { body: 'Call first.\nThen write.' } }, resource_type: 'notes' })).toBe(
    'Call first.',
  );
});

test('what was deleted to be restored has lost nothing, and is named as far as it can be', () => {
  const changes = { before: { deleted_at: null }, after: { deleted_at: '2026-01-01T00:00:00Z' } };
  expect(differences({ changes, action: 'delete' })).toEqual([]);
  const entry = { changes, resource_type: 'deals', resource_id: '01234567-89ab-7cde-8f01-23456789abcd' };
  expect(nameOf({ ...entry, resource_name: 'Roof' })).toBe('Roof');
  expect(nameOf({ ...entry, resource_name: null })).toBe('…6789abcd');
});

test('changes of a shape that is not known are none', () => {
  for (const changes of [null, 'x', { before: 1 }, {}]) expect(differences({ changes })).toEqual([]);
});

test('a range ends with its last day', () => {
  const [from, to] = [edge('2026-03-01'), edge('2026-03-01', true)];
  expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(86_400_000);
  expect([edge(undefined), edge('soon')]).toEqual([undefined, undefined]);
});
