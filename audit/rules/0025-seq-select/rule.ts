import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 25,
  name: 'seq-select',
  severity: 'low',
  part: 'schema',
  title: 'Requests cannot read or set sequences',
  asksRoles: true,
  sql: `
    select format('%I.%I', n.nspname, c.relname) as object, format('%s can tell how much all companies write', r.rolname) as message,
      format('revoke select, update on sequence %I.%I from public, %I', n.nspname, c.relname, r.rolname) as mend
    from pg_class c
    join schemas n on n.oid = c.relnamespace
    cross join app_roles r
    cross join subject
    where c.relkind = 'S' and (house or c.relowner <> r.oid) and has_sequence_privilege(r.oid, c.oid, 'select, update')`,
});
