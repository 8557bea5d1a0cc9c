import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 2,
  name: 'tenant-col-nullable',
  severity: 'critical',
  part: 'schema',
  title: 'The company column is never null',
  sql: `
    select name as object, 'its rows need not belong to a company' as message,
      format('alter table %s alter column %I set not null', name, tenant_name) as mend
    from owned, subject
    where not tenant_required`,
});
