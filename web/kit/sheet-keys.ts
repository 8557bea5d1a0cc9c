import { nextRow } from './table-keys.ts';

export interface Place {
  row: number;
  column: number;
}

/** Where a key leads from a cell, or undefined when it is not one that walks. Home and End go through the rows. */
export function nextCell(key: string, at: Place, rows: number, columns: number, page: number): Place | undefined {
  if (key === 'ArrowLeft') return { ...at, column: Math.max(0, at.column - 1) };
  if (key === 'ArrowRight') return { ...at, column: Math.min(columns - 1, at.column + 1) };
  const row = nextRow(key, at.row, rows, page);
  return row === undefined ? undefined : { ...at, row };
}
