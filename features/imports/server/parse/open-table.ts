import { openCsv } from './csv-table.ts';
import { ImportFileError } from './errors.ts';
import { detectKind } from './file-kind.ts';
import type { Table } from './table.ts';
import { openXlsx } from './xlsx-table.ts';

export interface OpenOptions {
  /** What the sender said the file is; refused when its content says otherwise. */
  kind?: 'csv' | 'xlsx';
  /** As the user knows the file, for messages only. */
  fileName?: string;
}

const names = { csv: 'a CSV file', xlsx: 'an Excel workbook' };

/** Opens a CSV file or workbook as headers and a stream of rows. Throws ImportFileError, and nothing else, for a bad file. */
export async function openTable(path: string, { kind, fileName }: OpenOptions = {}): Promise<Table> {
  const detected = await detectKind(path);
  if (kind && kind !== detected.kind) {
    const called = fileName ? `“${fileName}”` : 'This file';
    throw new ImportFileError(
      'wrong_kind',
      `${called} was sent as ${names[kind]}, but it is ${names[detected.kind]}. Send it as what it is.`,
    );
  }
  return detected.kind === 'xlsx' ? openXlsx(path) : openCsv(path, detected.head);
}
