// Why not csv-parse: it cannot bound the number of cells in a record, and after an unbalanced quotation mark it either
// stops or swallows the rows up to the next mark. Here such a row is reported and reading goes on with the next line.
import type { RowError } from './errors.ts';
import { limits } from './limits.ts';

export interface CsvRecord {
  cells: string[];
  error?: RowError;
}
type Step = { record: CsvRecord; next: number } | 'incomplete';

const quoteError: RowError = {
  code: 'quote_not_closed',
  message:
    'A quotation mark (") in this row is not closed or stands inside a quoted text. Remove it, or write it twice (""), and import this row again.',
};
const lengthError: RowError = {
  code: 'row_too_long',
  message: `This row is longer than ${limits.rowChars} characters. Shorten it, or check for a missing line break.`,
};

/** Yields every record, blank lines included (as one empty cell): a spreadsheet counts them too. */
export async function* csvRecords(chunks: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord> {
  let text = '';
  let skipping = false;
  for await (const chunk of chunks) {
    text += chunk;
    let start = 0;
    if (skipping) {
      const end = lineEnd(text, 0, false);
      skipping = end === undefined;
      start = end ?? text.length;
    }
    while (start < text.length) {
      const step = readRecord(text, start, delimiter, false);
      if (step === 'incomplete') break;
      yield step.record;
      start = step.next;
    }
    text = text.slice(start);
    if (text.length > limits.rowChars) {
      // Not a quote that may still close within the limit: readRecord would have said so.
      yield { cells: [text.slice(0, limits.fieldChars)], error: lengthError };
      text = '';
      skipping = true;
    }
  }
  for (let start = 0; start < text.length && !skipping; ) {
    const step = readRecord(text, start, delimiter, true);
    if (step === 'incomplete') return;
    yield step.record;
    start = step.next;
  }
}

/** Reads the record at `start`; `last` says that no more text will come. */
export function readRecord(text: string, start: number, delimiter: string, last: boolean): Step {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close === -1) {
        if (last || text.length - start > limits.rowChars) return unbalanced(text, start, last);
        return 'incomplete';
      }
      const after = text[close + 1];
      if (!last && (after === undefined || (after === '\r' && close + 2 === text.length))) return 'incomplete';
      if (after !== undefined && after !== delimiter && after !== '\n' && after !== '\r') {
        return unbalanced(text, start, last);
      }
      cells.push(text.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
    } else {
      let end = at;
      while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++;
      if (end === text.length && !last) return 'incomplete';
      cells.push(text.slice(at, end));
      at = end;
    }
    if (text[at] !== delimiter) break;
    at++;
  }
  const next = at === text.length ? at : lineEnd(text, at, last);
  if (next === undefined) return 'incomplete';
  return next - start > limits.rowChars
    ? { record: { cells: [text.slice(start, start + limits.fieldChars)], error: lengthError }, next }
    : { record: { cells }, next };
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function unbalanced(text: string, start: number, last: boolean): Step {
  const next = lineEnd(text, start, last) ?? (last ? text.length : undefined);
  if (next === undefined) return 'incomplete';
  const line = text.slice(start, Math.min(next, start + limits.fieldChars)).replace(/[\r\n]+$/, '');
  return { record: { cells: [line], error: quoteError }, next };
}

/** Where the next line starts; undefined where that cannot be known yet. */
function lineEnd(text: string, from: number, last: boolean): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\n') return at + 1;
    if (text[at] === '\r') {
      if (at + 1 === text.length && !last) return undefined;
      return text[at + 1] === '\n' ? at + 2 : at + 1;
    }
  }
  return undefined;
}
