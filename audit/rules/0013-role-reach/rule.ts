import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 13,
  name: 'role-reach',
  severity: 'critical',
  part: 'schema',
  title: 'A role that serves requests can become no other role',
  sql: `
    select a.rolname as object, format('can act as %s', r.rolname) as message, format('revoke %I from %I', r.rolname, a.rolname) as mend
    from app_roles a
    join pg_auth_members m on m.member = a.oid
    join pg_roles r on r.oid = m.roleid`,
});
