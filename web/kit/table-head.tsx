// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot have only the rows in view
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for its rows
import { SortHeader, sortedBy } from './sort-header.tsx';
import classes from './table.module.css';
import type { Column } from './table.tsx';

interface Props<Row> {
  columns: Column<Row>[];
  sort: string;
  onSort: (sort: string) => void;
}

/** The headers; pressing one sorts by it, pressing again turns the order around. */
export function TableHead<Row>({ columns, sort, onSort }: Props<Row>) {
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        {columns.map((column) => (
          <div
            key={column.id}
            role="columnheader"
            aria-sort={sortedBy(column, sort)}
            className={classes.cell}
            data-align={column.align}
          >
            <SortHeader column={column} sort={sort} onSort={onSort} />
          </div>
        ))}
      </div>
    </div>
  );
}
