import type { ClientBase } from 'pg';

/** What the catalog says of a database, before anything is known of its tenants. Names of tables are qualified. */
export interface Catalog {
  tables: { name: string; owner: string }[];
  columns: { table: string; name: string; type: string; required: boolean }[];
  /** Foreign keys, by their columns. */
  edges: { child: string; parent: string; columns: string[]; targets: string[] }[];
  policies: { table: string; name: string; roles: string[]; using: string | null; check: string | null }[];
  functions: { name: string; source: string }[];
}

const own = `
  n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not n.nspname = any ($1)
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  and c.relkind in ('r', 'p')
  -- A child of what is not looked at stands for itself.
  and not exists (
    select from pg_inherits i join pg_class parent on parent.oid = i.inhparent and parent.relkind in ('r', 'p')
    join pg_namespace pn on pn.oid = parent.relnamespace
    where i.inhrelid = c.oid and pn.nspname !~ '^pg_' and pn.nspname <> 'information_schema' and not pn.nspname = any ($1)
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = parent.oid and d.deptype = 'e'))`;

/** Reads the catalog; the transaction's search_path must be pg_catalog, so that names come qualified. */
export async function readCatalog(client: ClientBase, ignored: string[]): Promise<Catalog> {
  const read = async <Row extends object>(sql: string) => (await client.query<Row>(sql, [ignored])).rows;
  const name = `n.nspname || '.' || c.relname`;
  return {
    tables: await read(`
      select ${name} as name, pg_get_userbyid(c.relowner) as owner
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${own} order by 1`),
    columns: await read(`
      select ${name} as table, a.attname as name, format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null) as type, a.attnotnull as required
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
      where ${own}`),
    edges: await read(`
      select ${name} as child, pn.nspname || '.' || p.relname as parent,
        array(select a.attname::text from unnest(k.conkey) with ordinality u (x, i) join pg_attribute a on a.attrelid = c.oid and a.attnum = u.x order by u.i) as columns,
        array(select a.attname::text from unnest(k.confkey) with ordinality u (x, i) join pg_attribute a on a.attrelid = p.oid and a.attnum = u.x order by u.i) as targets
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class p on p.oid = k.confrelid join pg_namespace pn on pn.oid = p.relnamespace
      where k.contype = 'f' and k.conparentid = 0 and ${own}`),
    policies: await read(`
      select ${name} as table, y.polname as name,
        array(select case r when 0 then 'public' else pg_get_userbyid(r)::text end from unnest(y.polroles) r) as roles,
        pg_get_expr(y.polqual, c.oid) as using, pg_get_expr(y.polwithcheck, c.oid) as check
      from pg_policy y join pg_class c on c.oid = y.polrelid join pg_namespace n on n.oid = c.relnamespace where ${own}`),
    functions: await read(`
      select n.nspname || '.' || p.proname as name, case when p.prosrc = '' then pg_get_functiondef(p.oid) else p.prosrc end as source
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and p.prokind = 'f' and not n.nspname = any ($1)`),
  };
}
