import pg from 'pg';

export interface Column {
  name: string;
  /** As PostgreSQL writes it. */
  type: string;
}

/** A table that holds rows of companies. */
export interface OwnedTable {
  name: string;
  /** The column that says which company a row is of: company_id, or the id of companies itself. */
  owner: string;
  /** All others but what the database computes. */
  columns: Column[];
  /** What tells one row of a company from another, in order. */
  key: string[];
}

const OWNED = `
  select c.relname as name, o.attname as owner,
    (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
     from pg_attribute a
     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attnum <> o.attnum) as columns,
    (select coalesce(json_agg(a.attname order by k.place), '[]')
     from pg_index i, unnest(i.indkey) with ordinality as k (attnum, place)
     join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
     where i.indrelid = c.oid and i.indisprimary and a.attnum <> o.attnum) as key
  from pg_class c
  join pg_attribute o on o.attrelid = c.oid and not o.attisdropped
    and o.attname = case when c.relname = 'companies' then 'id' else 'company_id' end
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and o.atttypid = 'uuid'::regtype
  order by c.relname <> 'companies', c.relname`;

/** Every table with rows of companies, found in the live catalog; companies first. */
export async function ownedTables(client: pg.ClientBase): Promise<OwnedTable[]> {
  return (await client.query<OwnedTable>(OWNED)).rows;
}

export const quoted = (name: string): string => pg.escapeIdentifier(name);

/** A row as a JSON array of its columns' texts: exact for every type, and the same in every database. */
export const lineOf = (columns: readonly Column[]): string =>
  `to_jsonb(array[${columns.map(({ name }) => `${quoted(name)}::text`).join(', ')}]::text[])::text`;
