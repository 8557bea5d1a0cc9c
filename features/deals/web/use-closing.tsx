import { useCallback, useState } from 'react';
import { lazy } from '../../../web/lazy.ts';
import type { Deal, Stage } from './deal.ts';
import type { BoardFilter } from './use-board.ts';
import { type Move, useMove } from './use-move.ts';

const CloseDialog = lazy(() => import('./close-dialog.tsx'));

/** Moves deals; one that is decided by it is asked why first. `dialog` is to be shown somewhere. */
export function useClosing(stages: Stage[], filter?: BoardFilter) {
  const { mutate: move } = useMove(stages, filter);
  const [closing, setClosing] = useState<Move>();
  const moveTo = useCallback(
    (deal: Deal, stage: Stage) => {
      if (deal.stage_id === stage.id) return;
      if (stage.is_closed) setClosing({ deal, stage });
      else move({ deal, stage });
    },
    [move],
  );
  const dialog = closing && (
    <CloseDialog
      title={closing.deal.title}
      isWon={closing.stage.is_won}
      onClose={() => setClosing(undefined)}
      onDone={(reason) => {
        setClosing(undefined);
        move({ ...closing, reason });
      }}
    />
  );
  return { moveTo, dialog };
}
