import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 3,
  name: 'tenant-col-type',
  severity: 'high',
  part: 'schema',
  title: "The company column has the type of the companies' id",
  sql: `
    select o.name as object, format('its company is a %s, the companies'' key a %s', o.tenant_sql, format_type(key.atttypid, key.atttypmod)) as message,
      coalesce((select string_agg(format('drop policy %I on %s; ', polname, o.name), '') from pg_policy where polrelid = o.oid), '')
        || format('alter table %1$s alter column %2$I drop default; alter table %1$s alter column %2$I type %3$s using %2$I::%3$s;',
          o.name, o.tenant_name, format_type(key.atttypid, key.atttypmod))
        || case when house then format(' alter table %1$s alter column %2$I set default %3$s', o.name, o.tenant_name, tenant_function)
          else ' -- and make its policies and its default anew' end as mend
    from owned o
    cross join subject
    join tables t on t.is_tenants
    join pg_attribute key on key.attrelid = t.oid and key.attname = tenant_key
    where o.tenant_type <> key.atttypid
      -- Kinds of text compare alike.
      and (house or exists (select from pg_type a, pg_type b where a.oid = o.tenant_type and b.oid = key.atttypid and (a.typcategory, b.typcategory) <> ('S', 'S')))`,
});
