import { hashOf } from './import-file.ts';
import { ImportFileError } from './parse/errors.ts';
import { openTable } from './parse/open-table.ts';
import type { TableRow } from './parse/table.ts';

/** Rows that are dealt with in one transaction. */
export const BATCH = 500;

export interface SourceFile {
  path: string;
  kind: 'csv' | 'xlsx';
  fileName: string;
  hash: Buffer;
}

/** The file is not what was looked at when the import was prepared. */
export class FileChanged extends Error {
  override name = 'FileChanged';
}

/** Throws where the file is gone (ImportFileError) or another one now (FileChanged). */
export async function checkFile({ path, hash }: SourceFile): Promise<void> {
  const now = await hashOf(path);
  if (now === undefined) {
    throw new ImportFileError('file_missing', 'The uploaded file is gone from the server. Upload it again.');
  }
  if (!now.equals(hash)) {
    throw new FileChanged(
      'The uploaded file was changed on the server since. Nothing more was imported; upload it again.',
    );
  }
}

export async function countRows({ path, kind, fileName }: SourceFile, signal: AbortSignal): Promise<number> {
  const table = await openTable(path, { kind, fileName });
  let rows = 0;
  try {
    for await (const _ of table.rows()) {
      rows += 1;
      if (rows % 1000 === 0) signal.throwIfAborted();
    }
  } finally {
    await table.close();
  }
  return rows;
}

/** The rows from `fromRow` on, some at a time; the file is closed when the reader stops, early or not. */
export async function* batches({ path, kind, fileName }: SourceFile, fromRow: number): AsyncGenerator<TableRow[]> {
  const table = await openTable(path, { kind, fileName });
  try {
    let batch: TableRow[] = [];
    for await (const row of table.rows(fromRow)) {
      batch.push(row);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    await table.close();
  }
}
