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
  await inBatches(lines, insertOf(table, columns, without), client, companyId);
}

/** Fills in what rows of a table say of others of the same table, once all are there. */
export async function putReferences(
  client: ClientBase,
  { name, owner, key, columns: all }: OwnedTable,
  columns: readonly string[],
  companyId: string,
  lines: Readable,
  references: readonly string[],
): Promise<void> {
  const types = new Map(all.map((column) => [column.name, column.type]));
  const value = (column: string) => `(line ->> ${columns.indexOf(column)})::${types.get(column)}`;
  const sql = `update ${quoted(name)} t set ${references.map((column) => `${quoted(column)} = ${value(column)}`).join(', ')}
    from jsonb_array_elements($2::jsonb) as line
    where t.${quoted(owner)} = $1 and ${key.map((column) => `t.${quoted(column)} = ${value(column)}`).join(' and ')}
      and (${references.map((column) => `line ->> ${columns.indexOf(column)} is not null`).join(' or ')})`;
  await inBatches(lines, sql, client, companyId);
}

/** Runs a statement for some lines at a time: $1 is the company, $2 the lines. */
async function inBatches(lines: Readable, sql: string, client: ClientBase, companyId: string): Promise<void> {
  let batch: string[] = [];
  let characters = 0;
  const flush = async () => {
    if (batch.length > 0) await client.query(sql, [companyId, `[${batch.join(',')}]`]);
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
