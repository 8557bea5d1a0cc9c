import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 7,
  name: 'view-definer',
  severity: 'critical',
  part: 'schema',
  title: 'Views run with the rights of their caller',
  sql: `
    select format('%I.%I', n.nspname, c.relname) as object, 'it reads with the rights of its owner' as message,
      case when current_setting('server_version_num')::int >= 150000 then format('alter view %I.%I set (security_invoker = true)', n.nspname, c.relname)
        else format('revoke all on %I.%I from public, %s -- this server cannot make views read with the rights of their caller', n.nspname, c.relname,
          coalesce((select string_agg(quote_ident(rolname), ', ') from app_roles), 'public')) end as mend
    from pg_class c
    join schemas n on n.oid = c.relnamespace
    cross join subject
    where c.relkind = 'v'
      and not coalesce((select option_value::boolean from pg_options_to_table(c.reloptions) where option_name = 'security_invoker'), false)
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
      and (house or (c.oid in (select oid from readers)
        and (not exists (select from app_roles) or exists (select from app_roles r
          where has_any_column_privilege(r.oid, c.oid, 'select, insert, update') or has_table_privilege(r.oid, c.oid, 'delete')))
        -- A barrier that asks for the tenant itself is one.
        and not (coalesce((select option_value::boolean from pg_options_to_table(c.reloptions) where option_name = 'security_barrier'), false)
          and tenant_function is not null and strpos(pg_get_viewdef(c.oid), tenant_function) > 0)))`,
});
