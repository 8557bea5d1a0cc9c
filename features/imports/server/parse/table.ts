import type { RowError } from './errors.ts';

export interface TableRow {
  /** 1-based data row as a spreadsheet counts it: the row below the headers is 1, blank rows count. */
  number: number;
  /** As many as there are headers, unless `error` says that the row has more. */
  cells: string[];
  error?: RowError;
}

export interface Table {
  kind: 'csv' | 'xlsx';
  /** Never empty, never twice the same: a nameless column is `Column 3`, a second `Email` is `Email (2)`. */
  headers: string[];
  /** Of CSV files; `null` for workbooks. */
  encoding: string | null;
  delimiter: string | null;
  /** Reads the file anew, holding only a few rows in memory; rows without any text are left out. */
  rows(fromRow?: number): AsyncIterable<TableRow>;
  /** Gives back the open file and temporary space; a table that is not closed leaks them. */
  close(): Promise<void>;
}
