import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 8,
  name: 'matview-foreign',
  severity: 'critical',
  part: 'schema',
  title: 'Requests reach no materialised view and no foreign table',
  asksRoles: true,
  sql: `
    select format('%I.%I', n.nspname, c.relname) as object, format('%s may use it, and it can have no policies', r.rolname) as message,
      format('revoke all on %I.%I from public, %I', n.nspname, c.relname, r.rolname) as mend
    from pg_class c
    join schemas n on n.oid = c.relnamespace
    cross join app_roles r
    cross join subject
    where c.relkind in ('m', 'f') and has_any_column_privilege(r.oid, c.oid, 'select, insert, update')
      and (house or c.relkind = 'f' or c.oid in (select oid from readers))`,
});
