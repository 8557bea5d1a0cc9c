import {
  type Announcements,
  closestCorners,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './board.module.css';
import { BoardColumn } from './board-column.tsx';
import { nextColumn, walkCards } from './board-keys.ts';

export interface Column<Card> {
  id: string;
  name: string;
  header: ReactNode;
  cards: Card[];
  /** Under the cards: a button for more, say. */
  footer?: ReactNode;
}

export interface CardSource<Card> {
  cardId: (card: Card) => string;
  /** What a screen reader calls it. */
  cardName: (card: Card) => string;
  draw: (card: Card) => ReactNode;
  onOpen: (card: Card) => void;
}

interface Props<Card> extends CardSource<Card> {
  label: string;
  columns: Column<Card>[];
  onMove: (card: Card, toColumn: string) => void;
}

/** Cards in columns, moved by mouse, by touch (held for a moment) and by keyboard (space, arrows, space). */
export function Board<Card>({ label, columns, onMove, ...source }: Props<Card>) {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<Card>();
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: nextColumn,
      keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter', 'Tab'] },
    }),
  );
  const card = (id: string | number) =>
    columns.flatMap((column) => column.cards).find((found) => source.cardId(found) === id);
  const texts = (active: string | number, over?: string | number) => {
    const found = card(active);
    return { card: found ? source.cardName(found) : '', column: columns.find(({ id }) => id === over)?.name ?? '' };
  };
  const announcements: Announcements = {
    onDragStart: ({ active }) => t('board.picked', texts(active.id)),
    onDragOver: ({ active, over }) => (over ? t('board.over', texts(active.id, over.id)) : undefined),
    onDragEnd: ({ active, over }) => t(over ? 'board.dropped' : 'board.cancelled', texts(active.id, over?.id)),
    onDragCancel: ({ active }) => t('board.cancelled', texts(active.id)),
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    const moved = card(active.id);
    setDragged(undefined);
    const from = columns.find((column) => moved && column.cards.includes(moved));
    if (moved && over && from && from.id !== over.id) onMove(moved, String(over.id));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={(args) => (args.pointerCoordinates ? pointerWithin(args) : closestCorners(args))}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('board.instructions') } }}
      // Slow and only at the very edge: who holds a card there stops at the next column.
      autoScroll={{ threshold: { x: 0.08, y: 0.15 }, acceleration: 3 }}
      onDragStart={({ active }: DragStartEvent) => setDragged(card(active.id))}
      onDragEnd={onDragEnd}
      onDragCancel={() => setDragged(undefined)}
    >
      <section className={classes.board} aria-label={label} onKeyDown={dragged ? undefined : walkCards}>
        {columns.map((column) => (
          <BoardColumn key={column.id} column={column} source={source} />
        ))}
      </section>
      <DragOverlay dropAnimation={null}>
        {dragged && <div className={classes.lifted}>{source.draw(dragged)}</div>}
      </DragOverlay>
    </DndContext>
  );
}
