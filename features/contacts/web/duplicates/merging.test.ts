import { expect, test } from 'vitest';
import type { Contact } from '../contact.ts';
import { choiceOf, differing, fieldsToSend } from './merging.ts';

const contact = (fields: Partial<Contact>) => ({ custom_fields: {}, ...fields }) as Contact;

test('what one of them does not have comes from the other, and both notes stay, unless one chooses', () => {
  const kept = contact({ email: 'a@x.example', phone: null, notes: 'One', title: 'Boss' });
  const duplicate = contact({ email: null, phone: '1', notes: 'Two', title: 'Chief' });
  const choose = (field: 'email' | 'phone' | 'notes' | 'title', choices = {}) =>
    choiceOf(field, choices, kept, duplicate);
  expect([choose('email'), choose('phone'), choose('notes'), choose('title')]).toEqual([
    'kept',
    'duplicate',
    'both',
    'kept',
  ]);
  expect(choose('title', { title: 'duplicate' })).toBe('duplicate');
  expect(differing(kept, duplicate)).toEqual(['email', 'phone', 'title', 'notes']);
  expect(fieldsToSend({ title: 'duplicate', notes: 'both' })).toEqual({ title: 'duplicate' });
});
