import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 3,
  name: 'tenant-col-type',
  severity: 'high',
  part: 'schema',
  title: "The company column has the type of the companies' id",
  sql: `
    select o.name as object, format('its company is a %s', format_type(o.tenant_type, null)) as message,
      coalesce((select string_agg(format('drop policy %I on %s; ', polname, o.name), '') from pg_policy where polrelid = o.oid), '')
        || format('alter table %1$s alter column %2$I drop default; alter table %1$s alter column %2$I type %3$s using %2$I::%3$s;'
          || ' alter table %1$s alter column %2$I set default %4$s', o.name, tenant_column, format_type(key.atttypid, null), tenant_function) as mend
    from owned o
    cross join subject
    join tables t on t.relname = tenant_table
    join pg_attribute key on key.attrelid = t.oid and key.attname = 'id'
    where o.tenant_type <> key.atttypid`,
});
