import type { QueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../web/api/client.ts';
import { Problem } from '../../../web/api/problem.ts';
import type { Contact } from './contact.ts';
import { type Change, changed, changeTo, held, isSame, joined, keysOf } from './fields.ts';

/** Puts a contact as it is, or will be, into whatever shows it. */
export function show(client: QueryClient, contact: Contact) {
  client.setQueryData(['contacts', 'one', contact.id], contact);
  client.setQueriesData<unknown>({ queryKey: ['contacts', 'list'] }, (page: unknown) =>
    Array.isArray(page) && page.some((row: Contact) => row.id === contact.id)
      ? page.map((row: Contact) => (row.id === contact.id ? contact : row))
      : page,
  );
}

export const load = (id: string) =>
  answer(api.GET('/api/contacts/{contact_id}', { params: { path: { contact_id: id } } }));

const send = (id: string, change: Change, version: number) =>
  answer(
    api.PATCH('/api/contacts/{contact_id}', {
      params: { path: { contact_id: id } },
      body: change as never,
      headers: { 'If-Match': `"${version}"` },
    }),
  );

export const isConflict = (error: unknown) => error instanceof Problem && error.status === 412;

/** The values that a change replaces, as a change. */
export const reverse = (before: Contact, change: Change): Change =>
  joined(keysOf(change).map((key) => changeTo(key, held(before, key))));

export interface Conflict {
  /** As one saw it when one began. */
  before: Contact;
  /** As a colleague left it. */
  current: Contact;
  change: Change;
}

/** Those keys of a change that somebody else changed meanwhile, and not to the same. */
export const disputed = ({ before, current, change }: Conflict): string[] =>
  keysOf(change).filter(
    (key) =>
      !isSame(held(before, key), held(current, key)) && !isSame(held(changed(before, change), key), held(current, key)),
  );

/**
 * Saves a change over what the server has now, if nobody touched the same fields; else gives back the conflict.
 * @throws Problem
 */
export async function save(before: Contact, change: Change): Promise<{ contact: Contact } | { conflict: Conflict }> {
  let version = before.version;
  for (;;) {
    try {
      return { contact: await send(before.id, change, version) };
    } catch (error) {
      if (!isConflict(error)) throw error;
      const current = await load(before.id);
      const conflict = { before, current, change };
      if (disputed(conflict).length > 0) return { conflict };
      version = current.version;
    }
  }
}
