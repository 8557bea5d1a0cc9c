import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 79,
  name: 'out-of-reach',
  severity: 'critical',
  part: 'schema',
  title: 'What no rule looks at is out of reach: ignored schemas, the system’s, and what extensions hold',
  sql: `
    select * from (
      select format('schema %I', n.nspname) as object, format('%s may use it, and it is left out of what is looked at', string_agg(r.rolname, ', ' order by r.rolname)) as message,
        format('revoke usage on schema %I from public, %s', n.nspname, string_agg(quote_ident(r.rolname), ', ' order by r.rolname)) as mend
      from pg_namespace n cross join subject cross join app_roles r
      where s -> 'otherSchemas' ? n.nspname and has_schema_privilege(r.oid, n.oid, 'usage')
        and (house
          or exists (select from pg_class c where c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v', 'm', 'f') and ${touches('r', 'c')})
          or exists (select from pg_proc p where p.pronamespace = n.oid and p.prosecdef and has_function_privilege(r.oid, p.oid, 'execute')))
      group by n.nspname
    ) ignored
    union all
    select * from (
      select format('%I.%I', n.nspname, c.relname), format('%s, and can be read or written by %s', place.what, string_agg(r.rolname, ', ' order by r.rolname)),
        format('revoke all on %I.%I from public, %s', n.nspname, c.relname, string_agg(quote_ident(r.rolname), ', ' order by r.rolname))
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      cross join subject
      cross join app_roles r
      cross join lateral (${place('pg_class', 'c')}) place
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and place.what is not null and ${touches('r', 'c')}
        and (house or (has_schema_privilege(r.oid, n.oid, 'usage')
          -- Views of extensions tell of the server, unless they read a tenant's table. Shapes of the earth are everybody's.
          and not (s -> 'otherSchemas' ? n.nspname)
          and (c.relkind <> 'v' or c.oid in (select oid from readers)) and c.relname <> 'spatial_ref_sys'))
      group by n.nspname, c.relname, place.what
    ) relations
    union all
    select * from (
      select p.oid::regprocedure::text, format('runs as %s, %s, and can be called by %s', pg_get_userbyid(p.proowner), place.what, string_agg(r.rolname, ', ' order by r.rolname)),
        format('revoke execute on routine %s from public, %s', p.oid::regprocedure, string_agg(quote_ident(r.rolname), ', ' order by r.rolname))
      from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
      cross join subject
      cross join app_roles r
      cross join lateral (${place('pg_proc', 'p')}) place
      where p.prosecdef and place.what is not null and has_function_privilege(r.oid, p.oid, 'execute')
        and (house or (has_schema_privilege(r.oid, n.oid, 'usage') and not (s -> 'otherSchemas' ? n.nspname)
          and not s -> 'gates' ?| array[format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)),
            format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))]))
      group by p.oid, p.proowner, place.what
    ) routines`,
});

/** Whether a role has any right on a relation's rows. */
function touches(role: string, relation: string): string {
  return `(has_any_column_privilege(${role}.oid, ${relation}.oid, 'select, insert, update') or has_table_privilege(${role}.oid, ${relation}.oid, 'delete, truncate'))`;
}

/** Where an object lies that other rules pass over; 16384 is the first number that no part of PostgreSQL itself has. */
function place(catalog: string, object: string): string {
  return `
    select case
      when s -> 'otherSchemas' ? n.nspname then 'lies in a schema that is left out'
      when ${object}.oid >= 16384 and (n.nspname = 'information_schema' or n.nspname ~ '^pg_' and n.nspname !~ '^pg_(toast|temp|toast_temp)')
        then 'lies among what is the system''s'
      else (select format('belongs to extension %s', e.extname) from pg_depend d join pg_extension e on e.oid = d.refobjid
        where d.classid = '${catalog}'::regclass and d.objid = ${object}.oid and d.refclassid = 'pg_extension'::regclass and d.deptype = 'e') end as what`;
}
