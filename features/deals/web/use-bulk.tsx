import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { offerUndo } from '../../../web/kit/undo.tsx';
import { lazy } from '../../../web/lazy.ts';
import type { Deal, Stage } from './deal.ts';

const CloseDialog = lazy(() => import('./close-dialog.tsx'));

const MOST_AT_ONCE = 500;

interface Change {
  stage_id?: string;
  owner_id?: string;
  won_reason?: string | null;
  lost_reason?: string | null;
}

async function send(ids: string[], change: Change) {
  for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
    await answer(api.POST('/api/deals/bulk', { body: { ids: ids.slice(at, at + MOST_AT_ONCE), change } }));
  }
}

/** Puts the field of each deal back to what it was: one request for all that had the same. */
async function putBack(deals: Deal[], field: 'stage_id' | 'owner_id') {
  const groups = new Map<string, { change: Change; ids: string[] }>();
  for (const deal of deals) {
    const reasons = field === 'stage_id' ? { won_reason: deal.won_reason, lost_reason: deal.lost_reason } : {};
    const change: Change = { [field]: deal[field], ...reasons };
    const key = JSON.stringify(change);
    const group = groups.get(key) ?? { change, ids: [] as string[] };
    group.ids.push(deal.id);
    groups.set(key, group);
  }
  for (const { change, ids } of groups.values()) await send(ids, change);
}

interface Order {
  change: Change;
  field: 'stage_id' | 'owner_id';
  done: string;
}

/** Moves or hands over many deals, all or none, and offers to take it back. */
export function useBulk(deals: Deal[], onDone: () => void) {
  const { t } = useTranslation('deals');
  const client = useQueryClient();
  const [closing, setClosing] = useState<Stage>();
  const refresh = () => client.invalidateQueries({ queryKey: ['deals'] });
  const bulk = useMutation({
    mutationFn: ({ change }: Order) =>
      send(
        deals.map(({ id }) => id),
        change,
      ),
    onSuccess: (_done, { field, done }) => {
      const before = deals;
      onDone();
      offerUndo(done, async () => {
        await putBack(before, field);
        await refresh();
      });
      return refresh();
    },
  });
  const count = deals.length;
  const move = (stage: Stage, reason?: string) => {
    const why = reason ? (stage.is_won ? { won_reason: reason } : { lost_reason: reason }) : {};
    const done = t('bulk.moved', { count, stage: stage.name });
    bulk.mutate({ change: { stage_id: stage.id, ...why }, field: 'stage_id', done });
  };
  const dialog = closing && (
    <CloseDialog
      title={t('bulk.picked', { count })}
      isWon={closing.is_won}
      onClose={() => setClosing(undefined)}
      onDone={(reason) => {
        setClosing(undefined);
        move(closing, reason);
      }}
    />
  );
  return {
    moveTo: (stage: Stage) => (stage.is_closed ? setClosing(stage) : move(stage)),
    giveTo: (id: string, name: string) =>
      bulk.mutate({ change: { owner_id: id }, field: 'owner_id', done: t('bulk.given', { count, name }) }),
    busy: bulk.isPending,
    dialog,
  };
}
