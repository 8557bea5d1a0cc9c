import type pg from 'pg';

/** All that the catalog says of the database's own tables and their rows, without what dropped columns leave behind. */
export async function dump(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ line: string }>(`
    with own as (
      select c.*, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    )
    select line from (
      select format('%s %s.%s rls %s %s %s %s', relkind, nspname, relname, relrowsecurity, relforcerowsecurity,
        coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner)), reloptions) as line from own
      union all select format('column %s.%s %s %s %s %s %s', o.nspname, o.relname, attname, format_type(atttypid, atttypmod), attnotnull, attacl, pg_get_expr(adbin, adrelid))
        from pg_attribute a join own o on o.oid = attrelid and o.relkind in ('r', 'p', 'v') left join pg_attrdef d on (adrelid, adnum) = (attrelid, attnum) where attnum > 0 and not attisdropped
      union all select format('constraint %s %s %s %s', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid)) from pg_constraint
        where connamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      union all select format('index %s %s', indisvalid, pg_get_indexdef(indexrelid)) from pg_index join own o on o.oid = indrelid
      union all select format('policy %s %s', polrelid::regclass, polname) from pg_policy
      union all select format('trigger %s', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
      union all select format('function %s', p.oid::regprocedure) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      union all select format('schema %s %s', nspname, coalesce(nspacl, acldefault('n', nspowner))) from pg_namespace where nspname !~ '^pg_'
      union all select format('role %s', rolname) from pg_roles where rolname = current_database() || '_app'
    ) l order by 1`);
  const lines = rows.map(({ line }) => line);
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^pg_' and schemaname not in ('information_schema', 'bulkhead_adopt') order by 1`,
  );
  for (const { name } of tables) {
    const { rows: all } = await client.query<{ row: string }>(`select t::text as row from ${name} t order by 1`);
    lines.push(`${name}:`, ...all.map(({ row }) => row));
  }
  return lines.join('\n');
}
