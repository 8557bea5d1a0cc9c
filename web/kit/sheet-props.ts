import type { ReactNode } from 'react';
import type { SheetSection, Span } from './sheet-lines.ts';

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
  /** Stands in the cell while it is edited; calls `close` when done or left. It begins with what was `typed` to begin it. */
  editor?: ((row: Row, close: () => void, typed: string | undefined) => ReactNode) | undefined;
}

export interface Selection<Row> {
  has: (id: string) => boolean;
  size: number;
  /** Adds the row or takes it out; with a range, all of that is added. */
  toggle: (row: Row, range?: Span[]) => void;
  /** Adds all that are shown, or takes all out. */
  toggleAll: (shown: Span[]) => void;
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
  /** Headings under which the rows stand; without them, the rows alone. */
  sections?: readonly SheetSection[] | undefined;
  onToggleSection?: ((section: SheetSection) => void) | undefined;
  isPending: boolean;
  /** Told which rows are in view, so that they are loaded. */
  onView: (rows: Span[]) => void;
  /** Which list this is: another one begins at its top. */
  listKey: string;
  sort: string;
  onSort: (sort: string) => void;
  onReorder: (id: string, before: string) => void;
  openId?: string | undefined;
  onOpen: (row: Row, index: number) => void;
  selection: Selection<Row>;
}
