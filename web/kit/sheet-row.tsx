// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot have only the rows in view
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for its rows
import { Fragment, memo, type ReactNode } from 'react';
import classes from './sheet.module.css';
import type { SheetColumn } from './sheet-props.ts';
import { Bar } from './skeleton.tsx';

/** What the mouse does in a row; the sheet keeps one of it, so that rows that stay the same are not drawn again. */
export interface RowHands<Row> {
  onPick: (row: Row, index: number, shift: boolean) => void;
  onCell: (row: Row, index: number, column: number, isSecond: boolean) => void;
  closeEditor: () => void;
}

interface Props<Row> {
  id: string;
  /** Undefined while its page loads. */
  row: Row | undefined;
  rowId: (row: Row) => string;
  index: number;
  columns: SheetColumn<Row>[];
  narrow: ((row: Row) => ReactNode) | undefined;
  isSelected: boolean;
  pickLabel: string;
  isOpen: boolean;
  activeColumn: number | undefined;
  isEditing: boolean;
  typed: string | undefined;
  hands: RowHands<Row>;
  height: number;
  start: number;
}

function Drawn<Row>(props: Props<Row>) {
  const { row, columns, narrow, index, activeColumn, isSelected, hands } = props;
  const style = { height: props.height, transform: `translateY(${props.start}px)` };
  if (!row) {
    return (
      <div className={classes.row} data-waiting aria-hidden="true" style={style}>
        {(narrow ? [0] : [0, ...columns.map((_, column) => column + 1)]).map((column) => (
          <span key={column} className={classes.cell}>
            {(narrow || column > 0) && <Bar width={`${45 + ((index * 7 + column * 31) % 40)}%`} />}
          </span>
        ))}
      </div>
    );
  }
  const key = props.rowId(row);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-current={props.isOpen || undefined}
      className={classes.row}
      data-active={activeColumn !== undefined || undefined}
      style={style}
    >
      {narrow ? (
        <div
          role="gridcell"
          id={`${props.id}-${key}-0`}
          className={classes.cell}
          onClick={() => hands.onCell(row, index, 0, false)}
        >
          {narrow(row)}
        </div>
      ) : (
        <>
          <div role="gridcell" className={classes.pick}>
            <input
              type="checkbox"
              tabIndex={-1}
              checked={isSelected}
              aria-label={props.pickLabel}
              onClick={(event) => hands.onPick(row, index, event.shiftKey)}
              onChange={() => undefined}
            />
          </div>
          {columns.map((column, place) => {
            const isHere = place === activeColumn;
            const isEditing = isHere && props.isEditing && column.editor !== undefined;
            return (
              <div
                key={column.id}
                role="gridcell"
                id={isHere ? `${props.id}-${key}-${place}` : undefined}
                aria-readonly={column.editor ? undefined : true}
                className={classes.cell}
                data-align={column.align}
                data-active={isHere || undefined}
                data-editing={isEditing || undefined}
                onClick={isEditing ? undefined : ({ detail }) => hands.onCell(row, index, place, detail > 1)}
              >
                {isEditing ? (
                  // What was begun on one row is never written into another that took its place.
                  <Fragment key={key}>{column.editor?.(row, hands.closeEditor, props.typed)}</Fragment>
                ) : (
                  column.cell(row)
                )}
              </div>
            );
          })}
        </>
      )}
    </div>
  );
}

export const SheetRow = memo(Drawn) as typeof Drawn;
