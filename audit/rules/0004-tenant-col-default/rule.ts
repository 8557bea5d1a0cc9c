import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 4,
  name: 'tenant-col-default',
  severity: 'high',
  part: 'schema',
  title: 'The company column fills itself from the context, and from nothing else',
  sql: `
    select o.name as object, case when d.oid is null then 'requests may insert, but the company does not fill itself'
        else format('the company comes from %s', pg_get_expr(d.adbin, d.adrelid)) end as message,
      case when house or tenant_function is not null then format('alter table %s alter column %I set default %s', o.name, o.tenant_name, tenant_function)
        else format('alter table %s alter column %I drop default', o.name, o.tenant_name) end as mend
    from owned o
    cross join subject
    left join pg_attrdef d on d.adrelid = o.oid and d.adnum = o.tenant
    where case when not house then pg_get_expr(d.adbin, d.adrelid) !~ '[(]' or pg_get_expr(d.adbin, d.adrelid) ~ '^nextval[(]'
      when d.oid is null then exists (select from app_roles r where has_any_column_privilege(r.oid, o.oid, 'insert'))
      else pg_get_expr(d.adbin, d.adrelid) <> tenant_function end`,
});
