import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import classes from './sortable-rows.module.css';

interface Props<Row extends { id: string }> {
  label: string;
  rows: Row[];
  /** What a screen reader calls it. */
  rowName: (row: Row) => string;
  draw: (row: Row) => ReactNode;
  onOrder: (ids: string[]) => void;
}

/** A short list that people put in order: by dragging the handle, or with space and the arrows on it. */
export function SortableRows<Row extends { id: string }>({ label, rows, rowName, draw, onOrder }: Props<Row>) {
  const { t } = useTranslation();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = rows.map(({ id }) => id);
  const texts = (active: string | number, over?: string | number) => {
    const row = rows.find(({ id }) => id === active);
    return { row: row ? rowName(row) : '', place: over === undefined ? 0 : ids.indexOf(String(over)) + 1 };
  };
  const announcements: Announcements = {
    onDragStart: ({ active }) => t('order.picked', texts(active.id)),
    onDragOver: ({ active, over }) => (over ? t('order.over', texts(active.id, over.id)) : undefined),
    onDragEnd: ({ active, over }) => t(over ? 'order.dropped' : 'order.cancelled', texts(active.id, over?.id)),
    onDragCancel: ({ active }) => t('order.cancelled', texts(active.id)),
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (!over || over.id === active.id) return;
    onOrder(arrayMove(ids, ids.indexOf(String(active.id)), ids.indexOf(String(over.id))));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('order.instructions') } }}
      onDragEnd={onDragEnd}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ul className={classes.rows} aria-label={label}>
          {rows.map((row) => (
            <SortableRow key={row.id} id={row.id} name={rowName(row)}>
              {draw(row)}
            </SortableRow>
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

function SortableRow({ id, name, children }: { id: string; name: string; children: ReactNode }) {
  const { t } = useTranslation();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
  });
  const moved = transform ? `translate3d(0, ${transform.y}px, 0)` : undefined;
  return (
    <li
      ref={setNodeRef}
      className={classes.row}
      data-dragging={isDragging || undefined}
      style={{ transform: moved, transition }}
    >
      <button
        ref={setActivatorNodeRef}
        type="button"
        className={classes.handle}
        {...attributes}
        {...listeners}
        aria-label={t('order.handle', { row: name })}
      >
        <Icon name="grip" size={16} />
      </button>
      {children}
    </li>
  );
}
