import { unguardFormula } from '../../../../server/platform/formula-guard.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';
import { detectDelimiter, separatorHint } from './delimiter.ts';
import { ImportFileError } from './errors.ts';
import { isBlank, nameHeaders, shapeRow } from './row-shape.ts';
import type { Table, TableRow } from './table.ts';
import { detectEncoding, readText, type TextEncoding } from './text-encoding.ts';

const sampleChars = 64 * 1024;

export async function openCsv(path: string, head: Buffer): Promise<Table> {
  const encoding = await detectEncoding(path, head);
  const sample = await readSample(path, encoding);
  refuseBinary(sample.text);
  const delimiter = detectDelimiter(sample.text, sample.complete);
  const hinted = separatorHint.test(sample.text);
  const records = () => recordsOf(path, encoding, delimiter, hinted);

  const { headers, headerRecord } = await readHeaders(records());
  return {
    kind: 'csv',
    headers,
    encoding,
    delimiter,
    rows: (fromRow = 1) => rowsOf(records(), headers, headerRecord, fromRow),
    close: async () => {},
  };
}

async function readSample(path: string, encoding: TextEncoding): Promise<{ text: string; complete: boolean }> {
  let text = '';
  for await (const chunk of readText(path, encoding)) {
    text += chunk;
    if (text.length > sampleChars) return { text: text.slice(0, sampleChars), complete: false };
  }
  return { text, complete: true };
}

function refuseBinary(sample: string): void {
  const odd = sample.slice(0, 4096).match(/[^\P{Cc}\t\n\v\f\r]/gu)?.length ?? 0;
  if (odd > Math.min(sample.length, 4096) * 0.1) {
    throw new ImportFileError(
      'not_a_table',
      'This is not a table that we can read. Save your contacts as a CSV or Excel (.xlsx) file and choose that file.',
    );
  }
}

async function* recordsOf(path: string, encoding: TextEncoding, delimiter: string, hinted: boolean) {
  let first = hinted;
  for await (const record of csvRecords(readText(path, encoding), delimiter)) {
    if (!first) yield record;
    first = false;
  }
}

async function readHeaders(records: AsyncIterable<CsvRecord>) {
  let headerRecord = 0;
  for await (const { cells, error } of records) {
    headerRecord++;
    if (error) {
      throw new ImportFileError('not_a_table', `The row of column names cannot be read. ${error.message}`, { row: 0 });
    }
    if (!isBlank(cells)) return { headers: nameHeaders(cells.map(unguardFormula)), headerRecord };
  }
  throw new ImportFileError('file_empty', 'This file is empty. Export your contacts again and choose the new file.');
}

async function* rowsOf(
  records: AsyncIterable<CsvRecord>,
  headers: string[],
  headerRecord: number,
  fromRow: number,
): AsyncGenerator<TableRow> {
  let number = -headerRecord;
  for await (const { cells, error } of records) {
    number++;
    if (number < fromRow || number < 1 || (!error && isBlank(cells))) continue;
    yield error ? { number, cells, error } : shapeRow(number, cells.map(unguardFormula), headers, 'error');
  }
}
