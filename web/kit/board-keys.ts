import type { KeyboardCoordinateGetter } from '@dnd-kit/core';

const INSET = 12;

/** While a card is held: left and right carry it to the neighbouring column. */
export const nextColumn: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
  const step = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0;
  if (!step) return undefined;
  event.preventDefault();
  const columns = [...context.droppableRects.entries()].sort(([, a], [, b]) => a.left - b.left);
  const middle = currentCoordinates.x + (context.collisionRect?.width ?? 0) / 2;
  const here = columns.findIndex(([, rect]) => middle >= rect.left && middle <= rect.right);
  const target = columns[Math.max(0, Math.min(columns.length - 1, here + step))];
  if (!target) return undefined;
  const [, rect] = target;
  return { x: rect.left + INSET, y: rect.top + INSET };
};

/** While none is held: arrows walk from card to card, within the column and across. */
export function walkCards(event: React.KeyboardEvent<HTMLElement>) {
  const card = (event.target as Element).closest<HTMLElement>('[data-card]');
  if (!card || event.target !== card) return;
  const columns = [...event.currentTarget.querySelectorAll('[data-cards]')].map((column) => [
    ...column.querySelectorAll<HTMLElement>('[data-card]'),
  ]);
  const column = columns.findIndex((cards) => cards.includes(card));
  const row = columns[column]?.indexOf(card) ?? 0;
  const across = (step: number) => {
    for (let next = column + step; columns[next]; next += step) {
      const cards = columns[next];
      if (cards?.length) return cards[Math.min(row, cards.length - 1)];
    }
    return undefined;
  };
  const targets: Record<string, () => HTMLElement | undefined> = {
    ArrowDown: () => columns[column]?.[row + 1],
    ArrowUp: () => columns[column]?.[row - 1],
    ArrowRight: () => across(1),
    ArrowLeft: () => across(-1),
  };
  const target = targets[event.key]?.();
  if (!target) return;
  event.preventDefault();
  target.focus();
}
