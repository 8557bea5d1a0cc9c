import type { Table } from './catalog.ts';
import { ident, literal } from './sql.ts';

/** Number and sum of the texts of all rows of a table, or of a query with its columns. */
export const countOf = (from: string, columns: readonly string[]): string =>
  `select count(*) as rows, coalesce(sum(hashtextextended(row(${columns.map((c) => `t.${ident(c)}`).join(', ')})::text, 0)::numeric), 0) as checksum from ${from} t`;

/** The key of a row as jsonb; a table without a primary key has where the row lies, and in which of its partitions. */
export function keyJson({ key, leaves }: Pick<Table, 'key' | 'leaves'>, of = 't'): string {
  if (key.length === 0)
    return `jsonb_build_object('ctid', ${of}.ctid::text${leaves.length > 1 ? `, 'tableoid', ${of}.tableoid::text` : ''})`;
  return `jsonb_build_object(${key.map((name) => `${literal(name)}, ${of}.${ident(name)}::text`).join(', ')})`;
}

/** By what a row without a primary key is known again. Not of the row's own type, whose owner may have made a cast of it. */
export const contentOf = (of = 't') => `md5(row(${of}.*)::text)`;

export const typeOf = (table: Table, column: string): string => {
  const found = table.columns.find(({ name }) => name === column);
  if (!found) throw new Error(`${table.name} has no column ${column}.`);
  return found.type;
};
