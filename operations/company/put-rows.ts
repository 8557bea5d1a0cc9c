import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ClientBase } from 'pg';
import { type OwnedTable, quoted } from '../tables.ts';

const ROWS_AT_ONCE = 500;
const CHARACTERS_AT_ONCE = 4_000_000;

/**
 * Puts a table's lines into the database as rows of one company: no line says of which company it is.
 * @param columns what each line holds, in order
 * @param without columns that are left to their defaults
 */
export async function putRows(
  client: ClientBase,
  table: OwnedTable,
  columns: readonly string[],
  companyId: string,
  lines: Readable,
  without: ReadonlySet<string> = new Set(),
): Promise<void> {
  const put = insertOf(table, columns, without);
  let batch: string[] = [];
  let characters = 0;
  const flush = async () => {
    if (batch.length > 0) await client.query(put, [companyId, `[${batch.join(',')}]`]);
    batch = [];
    characters = 0;
  };
  for await (const line of createInterface({ input: lines, crlfDelay: Number.POSITIVE_INFINITY })) {
    batch.push(line);
    characters += line.length;
    if (batch.length >= ROWS_AT_ONCE || characters >= CHARACTERS_AT_ONCE) await flush();
  }
  await flush();
}

function insertOf(table: OwnedTable, columns: readonly string[], without: ReadonlySet<string>): string {
  const types = new Map(table.columns.map(({ name, type }) => [name, type]));
  const names = columns.filter((name) => !without.has(name));
  const values = names.map((name) => {
    const type = types.get(name);
    if (type === undefined) throw new Error(`The archive knows a column that is not there: ${table.name}.${name}`);
    return `(line ->> ${columns.indexOf(name)})::${type}`;
  });
  return `insert into ${quoted(table.name)} (${[table.owner, ...names].map(quoted).join(', ')})
    select $1, ${values.join(', ')} from jsonb_array_elements($2::jsonb) as line`;
}
