import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 34,
  name: 'auditor-blind',
  severity: 'critical',
  part: 'data',
  title: 'The auditor sees every row',
  sql: `
    select current_user::text as object, 'is bound by policies: where it counts no bad rows, there may be any number' as message,
      format('alter role %I bypassrls', current_user) as mend
    from pg_roles where rolname = current_user and not rolbypassrls and not rolsuper
    union all
    select current_user::text, 'runs with row_security on, which hides rows instead of failing', 'set row_security = off'
    where current_setting('row_security') <> 'off'
    union all
    select t.name, 'cannot be read by the auditor', format('grant select on %s to %I', t.name, current_user)
    from tables t
    where not has_table_privilege(t.oid, 'select')`,
});
