import { ImportFileError, type RowError } from './errors.ts';
import { limits } from './limits.ts';
import type { TableRow } from './table.ts';

export const isBlank = (cells: string[]): boolean => cells.every((cell) => cell.trim() === '');

export function nameHeaders(cells: string[]): string[] {
  const trimmed = cells.map((cell) => cell.replace(/\s+/g, ' ').trim().slice(0, 200));
  while (trimmed.at(-1) === '') trimmed.pop();
  if (trimmed.length > limits.columns) {
    throw new ImportFileError(
      'too_many_columns',
      `This file has ${trimmed.length} columns; the most we can read is ${limits.columns}. Delete the columns you do not need and try again.`,
    );
  }
  const taken = new Set<string>();
  return trimmed.map((name, index) => {
    const wanted = name === '' ? `Column ${index + 1}` : name;
    let unique = wanted;
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${wanted} (${n})`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** `short`: whether missing cells at the end are a mistake (CSV) or the way the format leaves out empty ones (workbooks). */
export function shapeRow(number: number, cells: string[], headers: string[], short: 'error' | 'pad'): TableRow {
  let end = cells.length;
  while (end > headers.length && cells[end - 1]?.trim() === '') end--;
  const missing = headers.length - end;
  const shaped = cells.slice(0, end).map((cell) => cell.slice(0, limits.fieldChars + 1));
  for (let i = 0; i < missing; i++) shaped.push('');
  const error = findError(shaped, headers, short === 'error' ? missing : Math.min(missing, 0));
  return error
    ? { number, cells: shaped.map((cell) => cell.slice(0, limits.fieldChars)), error }
    : { number, cells: shaped };
}

function findError(cells: string[], headers: string[], missing: number): RowError | undefined {
  const counts = `This row has ${headers.length - missing} cells, but there are ${headers.length} columns.`;
  if (missing > 0) {
    return {
      code: 'row_too_short',
      message: `${counts} Add the missing cells, or check for a line break inside a cell that is not in quotation marks.`,
    };
  }
  if (missing < 0) {
    return {
      code: 'row_too_wide',
      column: headers.length + 1,
      message: `${counts} Often a text contains the separator: put that text in quotation marks, or remove the extra cells.`,
    };
  }
  for (const [index, cell] of cells.entries()) {
    const column = index + 1;
    const name = headers[index];
    if (cell.length > limits.fieldChars) {
      return {
        code: 'field_too_long',
        column,
        message: `“${name}” is longer than ${limits.fieldChars} characters. Shorten it.`,
      };
    }
    if (cell.includes('\0')) {
      return {
        code: 'null_character',
        column,
        message: `“${name}” contains invisible damaged characters. Type the text again.`,
      };
    }
    if (cell.includes('\uFFFD')) {
      return {
        code: 'unreadable_characters',
        column,
        message: `“${name}” contains characters that cannot be read (�). Correct them, or save the file again as “CSV UTF-8”.`,
      };
    }
  }
  return undefined;
}
