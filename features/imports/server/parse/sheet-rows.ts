import { columnOf, isoDate, plainNumber, unescapeText } from './cell-value.ts';
import { limits } from './limits.ts';
import type { SharedStrings } from './shared-strings.ts';
import { type XmlHandlers, xmlEvents } from './xml-events.ts';

export interface SheetContext {
  strings: SharedStrings;
  dateStyles: boolean[];
  from1904: boolean;
}
export interface SheetRow {
  /** As Excel numbers it. */
  sheetRow: number;
  cells: string[];
}

/** The rows of a sheet that have text, in order; a formula counts with the value it had when the file was saved. */
export async function* sheetRows(chunks: AsyncIterable<Buffer>, context: SheetContext): AsyncGenerator<SheetRow> {
  let ready: SheetRow[] = [];
  const handlers = collectRows(context, (row) => ready.push(row));
  for await (const _ of xmlEvents(chunks, handlers)) {
    const rows = ready;
    ready = [];
    yield* rows;
  }
}

function collectRows(context: SheetContext, emit: (row: SheetRow) => void): XmlHandlers {
  let sheetRow = 0;
  let cells: string[] = [];
  let column = -1;
  let type = 'n';
  let style = 0;
  let value = '';
  let reading = false;
  let aids = 0;

  return {
    open(name, a) {
      if (name === 'row') {
        const stated = Number(a.r);
        sheetRow = Number.isInteger(stated) && stated > sheetRow ? stated : sheetRow + 1;
        cells = [];
        column = -1;
      } else if (name === 'c') {
        column = columnOf(a.r) ?? column + 1;
        type = a.t ?? 'n';
        style = Number(a.s ?? 0);
        value = '';
      } else if (name === 'rPh') aids++;
      else if (name === 'v' || name === 't') reading = aids === 0;
    },
    text(part) {
      if (reading && value.length <= limits.fieldChars) value += part;
    },
    close(name) {
      if (name === 'v' || name === 't') reading = false;
      else if (name === 'rPh') aids--;
      else if (name === 'c') {
        const text = value === '' ? '' : show(type, style, value, context);
        // Beyond the limit only whether there is text matters: the row is too wide then.
        if (text !== '') put(cells, Math.min(column, limits.columns), text);
      } else if (name === 'row' && cells.length > 0) emit({ sheetRow, cells });
    },
  };
}

function put(cells: string[], column: number, text: string): void {
  while (cells.length < column) cells.push('');
  cells[column] = text;
}

function show(type: string, style: number, value: string, { strings, dateStyles, from1904 }: SheetContext): string {
  switch (type) {
    case 's':
      return unescapeText(strings.get(Number(value)));
    case 'b':
      return value.trim() === '1' ? 'TRUE' : 'FALSE';
    case 'n':
      return dateStyles[style] ? isoDate(value, from1904) : plainNumber(value);
    case 'd':
      return value.replace(/T00:00:00(\.0+)?Z?$/, '');
    default:
      return unescapeText(value);
  }
}
