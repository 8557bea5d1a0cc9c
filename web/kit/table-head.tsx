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
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons have the focus */}
      {/* biome-ignore lint/a11y/useSemanticElements: see Table */}
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        {columns.map((column) => {
          const sorted = direction(column);
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus
            // biome-ignore lint/a11y/useSemanticElements: see Table
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
