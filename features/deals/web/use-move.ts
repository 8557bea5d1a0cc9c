import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { offerUndo } from '../../../web/kit/undo.tsx';
import type { BoardAnswer, Deal, Stage } from './deal.ts';
import { moved } from './move.ts';
import { type BoardFilter, boardKey } from './use-board.ts';

export interface Move {
  deal: Deal;
  stage: Stage;
  /** Why it was won or lost. */
  reason?: string | undefined;
  /** How the deal was before a move that is taken back. */
  was?: Deal;
}

const KEY = ['deals', 'move'];

function send({ deal, stage, reason, was }: Move): Promise<Deal> {
  const params = { path: { deal_id: deal.id } };
  if (was) {
    const { probability, won_reason, lost_reason } = was;
    const body = { stage_id: stage.id, probability, won_reason, lost_reason };
    return answer(api.PATCH('/api/deals/{deal_id}', { params, body }));
  }
  const why = reason ? (stage.is_won ? { won_reason: reason } : { lost_reason: reason }) : {};
  return answer(api.PATCH('/api/deals/{deal_id}/move', { params, body: { stage_id: stage.id, ...why } }));
}

/**
 * Moves a deal, offers to take it back, and refetches. On a board the card moves at once and goes back when the server
 * refuses; the refusal itself is shown for all mutations.
 */
export function useMove(stages: Stage[], filter?: BoardFilter) {
  const { t } = useTranslation('deals');
  const client = useQueryClient();
  const key = filter && boardKey(filter);
  const move = useMutation({
    mutationKey: KEY,
    mutationFn: send,
    onMutate: async ({ deal, stage }) => {
      if (!key) return undefined;
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<BoardAnswer>(key);
      if (before) client.setQueryData(key, moved(before, deal, stage, stages));
      return before;
    },
    onError: (_error, _move, before) => {
      if (key && before) client.setQueryData(key, before);
    },
    onSuccess: (now, { deal, stage, was }) => {
      const from = stages.find(({ id }) => id === deal.stage_id);
      if (was || !from || now.stage_id === from.id) return;
      offerUndo(t('moved', { title: now.title, stage: stage.name }), () =>
        // What goes wrong is told as for every move.
        move.mutateAsync({ deal: now, stage: from, was: deal }).catch(() => undefined),
      );
    },
    onSettled: () => {
      // The last of several quick moves fetches; a fetch in between would show the earlier state for a moment.
      if (client.isMutating({ mutationKey: KEY }) === 1) return client.invalidateQueries({ queryKey: ['deals'] });
      return undefined;
    },
  });
  return move;
}
