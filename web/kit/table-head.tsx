// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot have only the rows in view
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for its rows
import { Icon } from './icon.tsx';
import classes from './table.module.css';
import type { Column } from './table.tsx';

interface Props<Row> {
  columns: Column<Row>[];
  sort: string;
  onSort: (sort: string) => void;
}

/** The headers; pressing one sorts by it, pressing again turns the order around. */
export function TableHead<Row>({ columns, sort, onSort }: Props<Row>) {
  const direction = (column: Column<Row>) => {
    if (!column.sort || sort.replace('-', '') !== column.sort) return undefined;
    return sort.startsWith('-') ? 'descending' : 'ascending';
  };
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        {columns.map((column) => {
          const sorted = direction(column);
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={sorted}
              className={classes.cell}
              data-align={column.align}
            >
              {column.sort ? (
                <button
                  type="button"
                  className={classes.sort}
                  onClick={() => onSort(sorted === 'ascending' ? `-${column.sort}` : (column.sort ?? ''))}
                >
                  {column.header}
                  {sorted && <Icon name={sorted === 'ascending' ? 'arrowUp' : 'arrowDown'} size={13} />}
                </button>
              ) : (
                column.header
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
