import { useDraggable, useDroppable } from '@dnd-kit/core';
import classes from './board.module.css';
import type { CardSource, Column } from './board.tsx';

interface Props<Card> {
  column: Column<Card>;
  source: CardSource<Card>;
}

export function BoardColumn<Card>({ column, source }: Props<Card>) {
  const { setNodeRef, isOver } = useDroppable({ id: column.id });
  return (
    <section ref={setNodeRef} className={classes.column} data-over={isOver || undefined} aria-label={column.name}>
      <header className={classes.header}>{column.header}</header>
      <div className={classes.cards} data-cards>
        {column.cards.map((card) => (
          <BoardCard key={source.cardId(card)} card={card} source={source} />
        ))}
        {column.footer}
      </div>
    </section>
  );
}

function BoardCard<Card>({ card, source }: { card: Card; source: CardSource<Card> }) {
  const { setNodeRef, attributes, listeners, isDragging } = useDraggable({ id: source.cardId(card) });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      ref={setNodeRef}
      {...attributes}
      {...listeners}
      role="group"
      aria-label={source.cardName(card)}
      className={classes.card}
      data-card
      data-dragging={isDragging || undefined}
      onClick={(event) => !(event.target as Element).closest('button') && source.onOpen(card)}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        if (event.key === 'Enter' && !isDragging) source.onOpen(card);
        else listeners?.onKeyDown?.(event);
      }}
    >
      {source.draw(card)}
    </div>
  );
}
