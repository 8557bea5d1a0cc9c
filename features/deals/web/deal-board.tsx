import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Board, type Column } from '../../../web/kit/board.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { BoardSkeleton } from './board-skeleton.tsx';
import type { BoardStage, Deal, Pipeline, Stage } from './deal.ts';
import { DealCard } from './deal-card.tsx';
import classes from './deals.module.css';
import { StageHeader } from './stage-header.tsx';
import { useBoard, useMore, useMove } from './use-board.ts';

interface Props {
  pipeline: Pipeline;
  onOpen: (id: string) => void;
  onCreate: (stageId: string) => void;
}

export function DealBoard({ pipeline, onOpen, onCreate }: Props) {
  const { t } = useTranslation('deals');
  const board = useBoard(pipeline.id);
  const move = useMove(pipeline);
  const more = useMore(pipeline.id);
  if (board.isPending) return <BoardSkeleton />;
  if (!board.data) return <Trouble error={board.error} retry={() => void board.refetch()} />;

  const footerOf = ({ stage_id: stageId, next_cursor: cursor, items }: BoardStage) => {
    if (items.length === 0) return <p className={classes.drop}>{t('emptyStage')}</p>;
    if (!cursor) return null;
    return (
      <Button variant="subtle" size="xs" onClick={() => more.mutate({ stageId, cursor })} loading={more.isPending}>
        {t('more')}
      </Button>
    );
  };
  const columnOf = (stage: Stage, column: BoardStage): Column<Deal> => ({
    id: stage.id,
    name: stage.name,
    header: (
      <StageHeader stage={stage} column={column} currency={board.data.currency} onCreate={() => onCreate(stage.id)} />
    ),
    cards: column.items,
    footer: footerOf(column),
  });
  const columns = pipeline.stages.flatMap((stage) => {
    const column = board.data.stages.find(({ stage_id }) => stage_id === stage.id);
    return column ? [columnOf(stage, column)] : [];
  });
  const moveTo = (deal: Deal, stageId: string) => {
    const stage = pipeline.stages.find(({ id }) => id === stageId);
    if (!stage || deal.stage_id === stageId) return;
    move.mutate(
      { deal, stage },
      { onSuccess: () => stage.is_closed && notifyDone(t('moved', { title: deal.title, stage: stage.name })) },
    );
  };
  return (
    <Board
      label={pipeline.name}
      columns={columns}
      cardId={(deal) => deal.id}
      cardName={(deal) => deal.title}
      draw={(deal) => <DealCard deal={deal} stages={pipeline.stages} onMove={(stageId) => moveTo(deal, stageId)} />}
      onOpen={(deal) => onOpen(deal.id)}
      onMove={moveTo}
    />
  );
}
