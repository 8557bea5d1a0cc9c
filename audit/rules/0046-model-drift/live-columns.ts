import type { ClientBase } from 'pg';

export interface Column {
  /** As PostgreSQL writes it: `character varying(20)`. */
  sql: string;
  nullable: boolean;
  /** Types of TypeScript that a row may have it as. */
  types: readonly string[];
  /** The words that a check limits it to, sorted; undefined where none does. */
  words: string[] | undefined;
}

/** How the app reads PostgreSQL's types: see server/tenancy/columns.ts and the mapping of db/generate.ts. */
const TYPES: Record<string, readonly string[]> = {
  bool: ['boolean'],
  int2: ['number'],
  int4: ['number'],
  int8: ['number'],
  float4: ['number'],
  float8: ['number'],
  bytea: ['Buffer'],
  json: ['Json', 'Record'],
  jsonb: ['Json', 'Record'],
};

/** The columns of every table, by table and name. */
export async function columnsByTable(client: ClientBase): Promise<Map<string, Map<string, Column>>> {
  const { rows } = await client.query<{
    table: string;
    name: string;
    sql: string;
    base: string;
    nullable: boolean;
    check: string | null;
  }>(`
    select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as sql,
      coalesce(e.typname, t.typname) as base, not a.attnotnull as nullable,
      (select pg_get_constraintdef(k.oid) from pg_constraint k
       where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
         and pg_get_constraintdef(k.oid) ~ '= ANY \\(ARRAY\\[' limit 1) as check
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname, a.attnum`);
  const tables = new Map<string, Map<string, Column>>();
  for (const { table, name, sql, base, nullable, check } of rows) {
    const columns = tables.get(table) ?? new Map<string, Column>();
    tables.set(table, columns);
    const words =
      check === null ? undefined : [...check.matchAll(/'([^']*)'::text/g)].map(([, word = '']) => word).sort();
    columns.set(name, { sql, nullable, types: TYPES[base] ?? ['string'], words });
  }
  return tables;
}
