import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Problem } from '../../../web/api/problem.ts';
import { notifyProblem } from '../../../web/kit/notify.ts';
import { offerUndo } from '../../../web/kit/undo.tsx';
import { type Contact, fullName } from './contact.ts';
import { type Change, changed, changeTo, held, isSame, joined, keysOf } from './fields.ts';

const ConflictDialog = lazy(() => import('./conflict-dialog.tsx'));

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

/** Changes contacts at once, and truly a moment later. What it gives back second is the question that a conflict asks. */
export function useChange(): [(contact: Contact, change: Change) => Promise<void>, ReactNode] {
  const { t } = useTranslation('contacts');
  const client = useQueryClient();
  const [conflict, setConflict] = useState<Conflict>();
  const change = useCallback(
    async (before: Contact, wanted: Change) => {
      await client.cancelQueries({ queryKey: ['contacts'] });
      show(client, changed(before, wanted));
      try {
        const saved = await save(before, wanted);
        if ('conflict' in saved) {
          show(client, saved.conflict.current);
          return setConflict(saved.conflict);
        }
        show(client, saved.contact);
        offerUndo(t('changed', { name: fullName(saved.contact) }), async () => {
          const undone = await save(saved.contact, reverse(before, wanted));
          if ('conflict' in undone) return setConflict(undone.conflict);
          show(client, undone.contact);
        });
      } catch (error) {
        show(client, before);
        notifyProblem(error);
      } finally {
        void client.invalidateQueries({ queryKey: ['contacts'] });
      }
    },
    [client, t],
  );
  const dialog = conflict && (
    <Suspense>
      <ConflictDialog
        conflict={conflict}
        onTheirs={() => setConflict(undefined)}
        onMine={() => {
          setConflict(undefined);
          void change(conflict.current, conflict.change);
        }}
      />
    </Suspense>
  );
  return [change, dialog];
}
