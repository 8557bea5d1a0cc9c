import type { ClientBase } from 'pg';
import { quoted } from '../tables.ts';
import type { Needles } from './needles.ts';

/** A row in which something of a person was found. */
export interface Trace {
  table: string;
  /** The row, by its primary key. */
  key: Record<string, string>;
  columns: string[];
  kind: Needles['patterns'][number]['kind'];
}

export interface SearchedTable {
  name: string;
  key: string[];
  /** Every column that can hold words, those that the database computes among them; and those that hold ids. */
  columns: { name: string; type: string; computed: boolean; id: boolean }[];
}

const SEARCHED = `
  select c.relname as name,
    (select coalesce(json_agg(a.attname order by k.place), '[]')
     from pg_index i, unnest(i.indkey) with ordinality as k (attnum, place)
     join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
     where i.indrelid = c.oid and i.indisprimary and a.attname <> 'company_id') as key,
    (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
       'computed', a.attgenerated <> '', 'id', t.typname = 'uuid') order by a.attnum)
     from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname <> 'company_id'
       and coalesce(e.typname, t.typname) in
         ('text', 'varchar', 'bpchar', 'citext', 'json', 'jsonb', 'xml', 'hstore', 'tsvector', 'uuid')) as columns
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped)
  order by 1`;

/** Every table and column of companies in which a person could be named, found in the live catalog. */
export async function searchedTables(client: ClientBase): Promise<SearchedTable[]> {
  return (await client.query<SearchedTable>(SEARCHED)).rows.filter(({ columns }) => columns !== null);
}

/** Looks for a person in every column of every table of one company. */
export async function traces(client: ClientBase, companyId: string, { patterns }: Needles): Promise<Trace[]> {
  const found: Trace[] = [];
  for (const { name, key, columns } of await searchedTables(client)) {
    const keyOf = `jsonb_build_object(${key.map((column) => `'${column}', ${quoted(column)}::text`).join(', ')})`;
    for (const { kind, pattern } of patterns) {
      const looked = columns.filter(({ id }) => !id || kind === 'id');
      if (looked.length === 0) continue;
      const hits = looked.map(({ name: column }) => `case when ${quoted(column)}::text ~* $2 then '${column}' end`);
      const { rows } = await client.query<{ key: Record<string, string>; columns: string[] }>(
        `select key, columns from (
           select ${keyOf} as key, array_remove(array[${hits.join(', ')}]::text[], null) as columns
           from ${quoted(name)} where company_id = $1) looked
         where columns <> '{}'`,
        [companyId, pattern],
      );
      found.push(...rows.map((row) => ({ table: name, kind, ...row })));
    }
  }
  return found;
}
