import { tame } from '../audit/report/tame.ts';

/** Lines up rows of texts as a table for a terminal; numbers stand to the right. */
export function lineUp(headers: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const texts = rows.map((row) => row.map((cell) => tame(String(cell))));
  const widths = headers.map((header, i) => Math.max(header.length, ...texts.map((row) => row[i]?.length ?? 0)));
  const numeric = headers.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (numeric[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [headers, ...texts].map(line);
}
