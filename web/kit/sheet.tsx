// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot have only the rows in view
import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './sheet.module.css';
import { SheetHead } from './sheet-head.tsx';
import { nextCell, type Place } from './sheet-keys.ts';
import { SheetRow } from './sheet-row.tsx';
import { TableSkeleton } from './table-skeleton.tsx';

export interface SheetColumn<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Pixels; what is left over is shared out by `grow`. */
  width: number;
  grow?: number;
  align?: 'end' | undefined;
  /** The API's field to sort by; without it the column cannot be sorted. */
  sort?: string | undefined;
  /** Stands in the cell while it is edited; calls `close` when done or left. */
  editor?: ((row: Row, close: () => void) => ReactNode) | undefined;
}

export interface Selection<Row> {
  has: (id: string) => boolean;
  size: number;
  /** Adds the row or takes it out; with `from`, everything between is added. */
  toggle: (row: Row, index: number, from?: number) => void;
  toggleAll: () => void;
  clear: () => void;
  label: (row: Row) => string;
}

export interface SheetProps<Row> {
  label: string;
  columns: SheetColumn<Row>[];
  /** One row on a phone, where columns have no room. */
  narrow: (row: Row) => ReactNode;
  rowAt: (index: number) => Row | undefined;
  rowId: (row: Row) => string;
  count: number;
  total?: number | undefined;
  isPending: boolean;
  /** Told which rows are in view, so that they are loaded. */
  onView: (first: number, last: number) => void;
  /** Which list this is: another one begins at its top. */
  listKey: string;
  sort: string;
  onSort: (sort: string) => void;
  onReorder: (id: string, before: string) => void;
  openId?: string | undefined;
  onOpen: (row: Row, index: number) => void;
  selection: Selection<Row>;
}

const ROW = 36;
const NARROW_ROW = 56;
const NARROW_BELOW = 600;
const PICK = 36;

/**
 * Rows of any number, whose cells are walked, edited and selected by keyboard and mouse. Enter or F2 edits a cell, and
 * opens the row in the first column; space selects, with shift a range.
 */
export function Sheet<Row>(props: SheetProps<Row>) {
  const { columns, rowAt, rowId, count, selection, onOpen, onView, openId } = props;
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sized, width } = useElementSize();
  const [at, setAt] = useState<Place>({ row: -1, column: 0 });
  const [isEditing, setEditing] = useState(false);
  const anchor = useRef(0);
  const isNarrow = width > 0 && width < NARROW_BELOW;
  const height = isNarrow ? NARROW_ROW : ROW;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    scrollPaddingStart: isNarrow ? 0 : 34,
  });
  const visible = virtualizer.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer is stable, its sizes are not
  useEffect(() => virtualizer.measure(), [height]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list begins anew
  useEffect(() => {
    virtualizer.scrollToOffset(0);
    setAt({ row: -1, column: 0 });
    setEditing(false);
  }, [props.listKey]);
  useEffect(() => onView(first, last), [first, last, onView]);

  const column = Math.min(at.column, columns.length - 1);
  const row = at.row < 0 ? undefined : rowAt(at.row);
  const canEdit = !isNarrow && columns[column]?.editor !== undefined;
  const closeEditor = () => {
    setEditing(false);
    scroller.current?.focus({ preventScroll: true });
  };
  const go = (place: Place) => {
    setAt(place);
    virtualizer.scrollToIndex(place.row);
    const reached = rowAt(place.row);
    if (openId && reached && place.row !== at.row) onOpen(reached, place.row);
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget || count === 0) return;
    const { key, shiftKey } = event;
    const take = () => event.preventDefault();
    if ((event.ctrlKey || event.metaKey) && key === 'a') {
      take();
      return selection.toggleAll();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'Escape' && selection.size > 0) {
      take();
      return selection.clear();
    }
    if (row && (key === 'Enter' || key === 'F2')) {
      take();
      return canEdit && (column > 0 || key === 'F2') ? setEditing(true) : onOpen(row, at.row);
    }
    if (row && (key === ' ' || key === 'x')) {
      take();
      selection.toggle(row, at.row, shiftKey ? anchor.current : undefined);
      anchor.current = at.row;
      return;
    }
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / height) - 1;
    const next = nextCell(key, { row: at.row, column }, count, columns.length, page);
    if (!next) return;
    take();
    if (shiftKey && next.row !== at.row && row) {
      if (!selection.has(rowId(row))) anchor.current = at.row;
      const reached = rowAt(next.row);
      if (reached) selection.toggle(reached, next.row, anchor.current);
    }
    go(next);
  };

  const template = [PICK, ...columns.map(({ width: px, grow }) => (grow ? `minmax(${px}px, ${grow}fr)` : `${px}px`))];
  const least = columns.reduce((sum, each) => sum + each.width, PICK);
  return (
    <div ref={sized} className={classes.frame}>
      <div
        ref={scroller}
        className={classes.grid}
        role="grid"
        aria-label={props.label}
        aria-rowcount={props.total === undefined ? -1 : props.total + 1}
        aria-colcount={isNarrow ? 1 : columns.length + 1}
        aria-multiselectable="true"
        aria-busy={props.isPending}
        aria-activedescendant={row && !isEditing ? `${id}-${rowId(row)}-${isNarrow ? 0 : column}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={(event) =>
          event.target === event.currentTarget && at.row < 0 && count > 0 && setAt({ row: 0, column })
        }
        data-narrow={isNarrow || undefined}
        style={{
          '--columns': isNarrow ? '1fr' : template.join(' ').replace(/^36/, '36px'),
          '--least': isNarrow ? '0' : `${least}px`,
        }}
      >
        {!isNarrow && (
          <SheetHead
            columns={columns}
            sort={props.sort}
            onSort={props.onSort}
            onReorder={props.onReorder}
            isAllSelected={count > 0 && selection.size >= count}
            isSomeSelected={selection.size > 0}
            onToggleAll={selection.toggleAll}
          />
        )}
        {props.isPending ? (
          <TableSkeleton columns={isNarrow ? 1 : columns.length} label={t('loading')} height={height} />
        ) : (
          <div role="rowgroup" className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
            {visible.map(({ index, start }) => {
              const shown = rowAt(index);
              return (
                <SheetRow
                  key={shown ? rowId(shown) : index}
                  id={id}
                  row={shown}
                  rowId={rowId}
                  index={index}
                  columns={columns}
                  narrow={isNarrow ? props.narrow : undefined}
                  selection={selection}
                  isOpen={shown !== undefined && rowId(shown) === openId}
                  activeColumn={index === at.row ? column : undefined}
                  isEditing={isEditing && index === at.row}
                  closeEditor={closeEditor}
                  style={{ height, transform: `translateY(${start}px)` }}
                  onPick={(picked, shift) => {
                    selection.toggle(picked, index, shift ? anchor.current : undefined);
                    anchor.current = index;
                    setAt({ row: index, column });
                  }}
                  onCell={(picked, to, isSecond) => {
                    const wasHere = at.row === index && column === to;
                    setAt({ row: index, column: to });
                    if (isNarrow || to === 0 || !columns[to]?.editor) return onOpen(picked, index);
                    setEditing(wasHere || isSecond);
                    if (openId) onOpen(picked, index);
                  }}
                />
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
}
