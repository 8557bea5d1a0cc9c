import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 1,
  name: 'tenant-col-missing',
  severity: 'critical',
  part: 'schema',
  title: 'Every table has the company column, or is declared global',
  sql: `
    select name as object, 'holds rows of no known company' as message,
      format('alter table %s add column %I uuid not null default %s references %s (id) on delete cascade', name, tenant_column,
        tenant_function, (select t.name from tables t where t.relname = tenant_table)) as mend
    from tables, subject
    where tenant is null and kind <> 'global'`,
});
