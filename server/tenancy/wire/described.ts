import type pg from 'pg';
import { type Columns, columnsOf } from '../columns.ts';
import { type JsonColumn, jsonColumns } from './json-columns.ts';

/** The columns of a statement's rows, in both forms in which they may be read. */
export interface Described {
  readonly rows: Columns;
  readonly json: readonly JsonColumn[];
  /** Bytes of JSON that the statement's rows took at most so far, within reason. */
  jsonSize: number;
}

/** Reads a RowDescription; `body` is the message behind its length. */
export function describedBy(body: Buffer): Described {
  const fields: pg.FieldDef[] = [];
  let at = 2;
  for (let n = body.readInt16BE(0); n > 0; n -= 1) {
    const end = body.indexOf(0, at);
    const name = body.toString('utf8', at, end);
    fields.push({ name, dataTypeID: body.readUInt32BE(end + 7) } as pg.FieldDef);
    at = end + 19;
  }
  return { rows: columnsOf(fields), json: jsonColumns(fields), jsonSize: 0 };
}

export const NO_COLUMNS: Described = { rows: columnsOf([]), json: [], jsonSize: 0 };
