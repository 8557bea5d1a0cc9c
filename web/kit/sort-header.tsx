import { Icon } from './icon.tsx';
import classes from './sort-header.module.css';

interface Sortable {
  header: string;
  /** The API's field to sort by; without it the column cannot be sorted. */
  sort?: string | undefined;
}

/** How a list is sorted by a column, as `aria-sort` wants it; undefined where it is not. */
export function sortedBy(column: Sortable, sort: string): 'ascending' | 'descending' | undefined {
  if (!column.sort || sort.replace('-', '') !== column.sort) return undefined;
  return sort.startsWith('-') ? 'descending' : 'ascending';
}

interface Props {
  column: Sortable;
  sort: string;
  onSort: (sort: string) => void;
}

/** What stands in a column's header: pressing it sorts by the column, pressing again turns the order around. */
export function SortHeader({ column, sort, onSort }: Props) {
  const field = column.sort;
  if (!field) return column.header;
  const sorted = sortedBy(column, sort);
  return (
    <button type="button" className={classes.sort} onClick={() => onSort(sorted === 'ascending' ? `-${field}` : field)}>
      {column.header}
      {sorted && <Icon name={sorted === 'ascending' ? 'arrowUp' : 'arrowDown'} size={13} />}
    </button>
  );
}
