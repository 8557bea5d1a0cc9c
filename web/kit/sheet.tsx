// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot have only the rows in view
import { useElementSize } from '@mantine/hooks';
import { type Range, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './sheet.module.css';
import { SheetHead } from './sheet-head.tsx';
import { nextCell, type Place } from './sheet-keys.ts';
import { linesOf, type SheetSection } from './sheet-lines.ts';
import type { SheetProps } from './sheet-props.ts';
import { type RowHands, SheetRow } from './sheet-row.tsx';
import { SectionRow } from './sheet-section.tsx';
import { TableSkeleton } from './table-skeleton.tsx';

const ROW = 36;
const NARROW_ROW = 56;
const NARROW_BELOW = 600;
const PICK = 36;
const SECTION = 36;
/** Rows drawn beyond what is in view, above as below. */
const OVERSCAN = 10;

/**
 * Rows of any number, whose cells are walked, edited and selected by keyboard and mouse. Enter or F2 edits a cell, and
 * opens the row in the first column; what is typed on a cell begins to edit it; space selects, with shift a range. On a heading both show or hide its rows, as
 * the left and right arrow do.
 */
export function Sheet<Row>(props: SheetProps<Row>) {
  const { columns, rowAt, rowId, selection, onOpen, onView, openId, sections } = props;
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sized, width, height: tall } = useElementSize();
  const [at, setAt] = useState<Place>({ row: -1, column: 0 });
  const [isEditing, setEditing] = useState(false);
  const [typed, setTyped] = useState<string>();
  const anchor = useRef(0);
  const isNarrow = width > 0 && width < NARROW_BELOW;
  const height = isNarrow ? NARROW_ROW : ROW;
  const lines = useMemo(() => linesOf(sections, props.count), [sections, props.count]);
  const { count } = lines;
  const rowCount = useMemo(
    () => lines.spans(0, count - 1).reduce((sum, [from, to]) => sum + to - from + 1, 0),
    [lines, count],
  );
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: (line) => (sections && lines.at(line)?.section ? SECTION : height),
    overscan: OVERSCAN,
    rangeExtractor: ({ startIndex, count }: Range) => {
      const most = Math.ceil(tall / Math.min(height, SECTION)) + 1 + 2 * OVERSCAN;
      const from = Math.max(0, Math.min(startIndex - OVERSCAN, count - most));
      return Array.from({ length: Math.min(most, count) }, (_, n) => from + n);
    },
    scrollPaddingStart: isNarrow ? 0 : 34,
  });
  const visible = virtualizer.getVirtualItems();
  // Always as many drawn rows as are ever needed at once, and each line in the one that comes round to it: a row that
  // scrolls in takes the place of one that scrolled out. While it scrolls none is moved in the document, which costs the browser as
  // much as a new one; at rest they stand in their order, as screen readers go through them.
  const slot = (line: number) => line % visible.length;
  const drawn = virtualizer.isScrolling ? [...visible].sort((a, b) => slot(a.index) - slot(b.index)) : visible;
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer is stable, its sizes are not
  useEffect(() => virtualizer.measure(), [height, sections]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list begins anew
  useEffect(() => {
    virtualizer.scrollToOffset(0);
    setAt({ row: -1, column: 0 });
    setEditing(false);
    setTyped(undefined);
  }, [props.listKey]);
  useEffect(() => onView(lines.spans(first, last)), [first, last, lines, onView]);

  const column = Math.min(at.column, columns.length - 1);
  const here = lines.at(at.row);
  const row = here?.row === undefined ? undefined : rowAt(here.row);
  const lineRow = (line: number) => {
    const index = lines.at(line)?.row;
    return index === undefined ? undefined : rowAt(index);
  };
  const openLine = (opened: Row, line: number) => onOpen(opened, lines.at(line)?.row ?? 0);
  const between = (line: number) => lines.spans(Math.min(anchor.current, line), Math.max(anchor.current, line));
  const toggleSection = (section: SheetSection, line: number) => {
    setAt({ row: line, column });
    props.onToggleSection?.(section);
  };
  const canEdit = !isNarrow && columns[column]?.editor !== undefined;
  const now: RowHands<Row> = {
    closeEditor() {
      setEditing(false);
      setTyped(undefined);
      scroller.current?.focus({ preventScroll: true });
    },
    onPick(picked, index, shift) {
      selection.toggle(picked, shift ? between(index) : undefined);
      anchor.current = index;
      setAt({ row: index, column });
    },
    onCell(picked, index, to, isSecond) {
      const wasHere = at.row === index && column === to;
      setAt({ row: index, column: to });
      if (isNarrow || to === 0 || !columns[to]?.editor) return openLine(picked, index);
      setEditing(wasHere || isSecond);
      if (openId) openLine(picked, index);
    },
  };
  const latest = useRef(now);
  latest.current = now;
  const [hands] = useState<RowHands<Row>>(() => ({
    closeEditor: () => latest.current.closeEditor(),
    onPick: (...given) => latest.current.onPick(...given),
    onCell: (...given) => latest.current.onCell(...given),
  }));
  const go = (place: Place) => {
    setAt(place);
    virtualizer.scrollToIndex(place.row);
    const reached = lineRow(place.row);
    if (openId && reached && place.row !== at.row) openLine(reached, place.row);
  };

  const toggleAll = () => selection.toggleAll(lines.spans(0, count - 1));
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget || count === 0) return;
    const { key, shiftKey } = event;
    const take = () => event.preventDefault();
    if ((event.ctrlKey || event.metaKey) && key === 'a') {
      take();
      return toggleAll();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'Escape' && selection.size > 0) {
      take();
      return selection.clear();
    }
    if (here?.section) {
      const { isOpen } = here.section;
      if (key === 'Enter' || key === ' ' || key === (isOpen ? 'ArrowLeft' : 'ArrowRight')) {
        take();
        return toggleSection(here.section, at.row);
      }
    }
    if (row && (key === 'Enter' || key === 'F2')) {
      take();
      return canEdit && (column > 0 || key === 'F2') ? setEditing(true) : openLine(row, at.row);
    }
    // Never a command of the page: who types on a cell means the cell. The editor may yet be on its way.
    if (row && canEdit && column > 0 && key.length === 1 && (key !== ' ' || isEditing)) {
      take();
      setTyped((before = '') => before + key);
      return setEditing(true);
    }
    if (row && (key === ' ' || key === 'x')) {
      take();
      selection.toggle(row, shiftKey ? between(at.row) : undefined);
      anchor.current = at.row;
      return;
    }
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / height) - 1;
    const next = nextCell(key, { row: at.row, column }, count, columns.length, page);
    if (!next) return;
    take();
    if (shiftKey && next.row !== at.row && row) {
      if (!selection.has(rowId(row))) anchor.current = at.row;
      const reached = lineRow(next.row);
      if (reached) selection.toggle(reached, between(next.row));
    }
    go(next);
  };

  const activeId = here?.section
    ? `${id}-section-${at.row}`
    : row && !isEditing
      ? `${id}-${rowId(row)}-${isNarrow ? 0 : column}`
      : undefined;
  const template = [PICK, ...columns.map(({ width: px, grow }) => (grow ? `minmax(${px}px, ${grow}fr)` : `${px}px`))];
  const least = columns.reduce((sum, each) => sum + each.width, PICK);
  return (
    <div ref={sized} className={classes.frame}>
      <div
        ref={scroller}
        className={classes.grid}
        role="grid"
        aria-label={props.label}
        aria-rowcount={props.total === undefined ? -1 : (sections ? count : props.total) + 1}
        aria-colcount={isNarrow ? 1 : columns.length + 1}
        aria-multiselectable="true"
        aria-busy={props.isPending}
        aria-activedescendant={activeId}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={({ currentTarget }) => {
          currentTarget.toggleAttribute('data-aside', currentTarget.scrollLeft > 0);
        }}
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
            isAllSelected={rowCount > 0 && selection.size >= rowCount}
            isSomeSelected={selection.size > 0}
            onToggleAll={toggleAll}
          />
        )}
        {props.isPending ? (
          <TableSkeleton columns={isNarrow ? 1 : columns.length} label={t('loading')} height={height} />
        ) : (
          <div role="rowgroup" className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
            {drawn.map(({ index, start }) => {
              const line = lines.at(index);
              if (line?.section) {
                const { section } = line;
                return (
                  <SectionRow
                    key={`section ${section.id}`}
                    id={`${id}-section-${index}`}
                    section={section}
                    line={index}
                    columns={isNarrow ? 1 : columns.length + 1}
                    isActive={index === at.row}
                    onToggle={() => toggleSection(section, index)}
                    height={SECTION}
                    start={start}
                  />
                );
              }
              const shown = lineRow(index);
              return (
                <SheetRow
                  key={slot(index)}
                  id={id}
                  row={shown}
                  rowId={rowId}
                  index={index}
                  columns={columns}
                  narrow={isNarrow ? props.narrow : undefined}
                  isSelected={shown !== undefined && selection.has(rowId(shown))}
                  pickLabel={shown && !isNarrow ? selection.label(shown) : ''}
                  isOpen={shown !== undefined && rowId(shown) === openId}
                  activeColumn={index === at.row ? column : undefined}
                  isEditing={isEditing && index === at.row}
                  typed={index === at.row ? typed : undefined}
                  hands={hands}
                  height={height}
                  start={start}
                />
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
}
