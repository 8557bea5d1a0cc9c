import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyProblem } from '../../../web/kit/notify.ts';
import { offerUndo } from '../../../web/kit/undo.tsx';
import { lazy } from '../../../web/lazy.ts';
import { type Contact, fullName } from './contact.ts';
import { type Change, changed } from './fields.ts';
import { type Conflict, reverse, save, show } from './saving.ts';

const ConflictDialog = lazy(() => import('./conflict-dialog.tsx'));

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
    <ConflictDialog
      conflict={conflict}
      onTheirs={() => setConflict(undefined)}
      onMine={() => {
        setConflict(undefined);
        void change(conflict.current, conflict.change);
      }}
    />
  );
  return [change, dialog];
}
