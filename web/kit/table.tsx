// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot have only the rows in view
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for its rows
import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './table.module.css';
import { TableHead } from './table-head.tsx';
import { nextRow } from './table-keys.ts';
import { TableSkeleton } from './table-skeleton.tsx';

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** A width of CSS grid: `minmax(160px, 2fr)`. */
  width: string;
  /** Left out where the table is narrower than this many pixels. */
  from?: number;
  align?: 'end';
  /** The API's field to sort by; without it the column cannot be sorted. */
  sort?: string;
}

interface Props<Row> {
  label: string;
  columns: Column<Row>[];
  /** One row on a phone, where columns have no room. */
  narrow: (row: Row) => ReactNode;
  /** Undefined while the first page loads. */
  rows: Row[] | undefined;
  rowId: (row: Row) => string;
  total?: number | undefined;
  /** Which list this is: another one begins at its top. */
  listKey: string;
  sort: string;
  onSort: (sort: string) => void;
  openId?: string | undefined;
  onOpen: (row: Row) => void;
  /** Called when the end of the loaded rows comes near; does nothing when there are no more. */
  onEnd: () => void;
}

const ROW = 36;
const NARROW_ROW = 56;
const NARROW_BELOW = 600;
const ROWS_AHEAD = 40;

/** Rows of any number, drawn only where they are looked at. Arrows, j and k walk, Enter opens. */
export function Table<Row>(props: Props<Row>) {
  const { rows, rowId, total, openId, onOpen, onEnd } = props;
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sized, width } = useElementSize();
  const [active, setActive] = useState(-1);
  const isNarrow = width > 0 && width < NARROW_BELOW;
  const columns = props.columns.filter(({ from = 0 }) => width >= from);
  const height = isNarrow ? NARROW_ROW : ROW;
  const count = rows?.length ?? 0;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  const visible = virtualizer.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer is stable, its sizes are not
  useEffect(() => virtualizer.measure(), [height]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list begins anew
  useEffect(() => {
    virtualizer.scrollToOffset(0);
    setActive(-1);
  }, [props.listKey]);
  useEffect(() => {
    if (count > 0 && last >= count - ROWS_AHEAD) onEnd();
  }, [count, last, onEnd]);

  const activeId = rows?.[active] ? `${id}-${rowId(rows[active])}` : undefined;
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget || !rows) return;
    const row = rows[active];
    if (event.key === 'Enter' && row) return onOpen(row);
    const next = nextRow(event.key, active, count, Math.floor((scroller.current?.clientHeight ?? 0) / height));
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    virtualizer.scrollToIndex(next);
    const reached = rows[next];
    if (openId && reached) onOpen(reached);
  };

  const template = isNarrow ? '1fr' : columns.map((column) => column.width).join(' ');
  return (
    <div ref={sized} className={classes.frame}>
      <div
        ref={scroller}
        className={classes.grid}
        role="grid"
        aria-label={props.label}
        aria-rowcount={total === undefined ? -1 : total + 1}
        aria-busy={!rows}
        aria-activedescendant={activeId}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={(event) => event.target === event.currentTarget && active < 0 && count > 0 && setActive(0)}
        style={{ '--columns': template }}
      >
        {!isNarrow && <TableHead columns={columns} sort={props.sort} onSort={props.onSort} />}
        {!rows && <TableSkeleton columns={isNarrow ? 1 : columns.length} label={t('loading')} height={height} />}
        <div role="rowgroup" className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
          {visible.map(({ index, start }) => {
            const row = rows?.[index];
            if (!row) return null;
            return (
              <div
                key={rowId(row)}
                id={`${id}-${rowId(row)}`}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={rowId(row) === openId}
                className={classes.row}
                data-active={index === active || undefined}
                style={{ height, transform: `translateY(${start}px)` }}
                onClick={() => {
                  setActive(index);
                  onOpen(row);
                }}
              >
                {isNarrow ? (
                  <Cell>{props.narrow(row)}</Cell>
                ) : (
                  columns.map((column) => (
                    <Cell key={column.id} align={column.align}>
                      {column.cell(row)}
                    </Cell>
                  ))
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Cell({ align, children }: { align?: 'end' | undefined; children: ReactNode }) {
  return (
    <div role="gridcell" className={classes.cell} data-align={align}>
      {children}
    </div>
  );
}
