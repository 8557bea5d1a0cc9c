import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 5,
  name: 'rls-off',
  severity: 'critical',
  part: 'schema',
  title: 'Row-level security is enabled and forced',
  sql: `
    select name as object, case when relrowsecurity then 'its owner is not bound by its policies' else 'its policies do not apply' end as message,
      format('alter table %1$s enable row level security; alter table %1$s force row level security', name) as mend
    from guarded
    where not (relrowsecurity and relforcerowsecurity)`,
});
