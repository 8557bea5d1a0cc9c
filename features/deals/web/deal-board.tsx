import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../web/api/people.ts';
import { Board, type Column } from '../../../web/kit/board.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { BoardSkeleton } from './board-skeleton.tsx';
import { BoardSummary } from './board-summary.tsx';
import type { BoardStage, Deal, Pipeline, Stage } from './deal.ts';
import { DealCard } from './deal-card.tsx';
import classes from './deals.module.css';
import { QuickCreate } from './quick-create.tsx';
import { StageHeader } from './stage-header.tsx';
import { type BoardFilter, useBoard, useMore } from './use-board.ts';
import { useClosing } from './use-closing.tsx';

interface Props {
  pipeline: Pipeline;
  filter: BoardFilter;
  onOpen: (id: string) => void;
}

export function DealBoard({ pipeline, filter, onOpen }: Props) {
  const { t } = useTranslation('deals');
  const board = useBoard(filter);
  const { stages } = pipeline;
  const { moveTo, dialog } = useClosing(stages, filter);
  const more = useMore(filter);
  const people = usePeople();
  const [creatingIn, setCreatingIn] = useState<string>();
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
      <>
        <StageHeader
          stage={stage}
          column={column}
          currency={board.data.currency}
          onCreate={() => setCreatingIn(stage.id)}
        />
        {creatingIn === stage.id && <QuickCreate stage={stage} onClose={() => setCreatingIn(undefined)} />}
      </>
    ),
    cards: column.items,
    footer: footerOf(column),
  });
  const columns = stages.flatMap((stage) => {
    const column = board.data.stages.find(({ stage_id }) => stage_id === stage.id);
    return column ? [columnOf(stage, column)] : [];
  });
  const moveById = (deal: Deal, stageId: string) => {
    const stage = stages.find(({ id }) => id === stageId);
    if (stage) moveTo(deal, stage);
  };
  return (
    <>
      <BoardSummary board={board.data} pipeline={pipeline} />
      <Board
        label={pipeline.name}
        columns={columns}
        cardId={(deal) => deal.id}
        cardName={(deal) => deal.title}
        draw={(deal) => <DealCard deal={deal} stages={stages} owner={people.nameOf(deal.owner_id)} onMove={moveTo} />}
        onOpen={(deal) => onOpen(deal.id)}
        onMove={moveById}
      />
      {dialog}
    </>
  );
}
