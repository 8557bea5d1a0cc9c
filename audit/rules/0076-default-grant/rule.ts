import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 76,
  name: 'default-grant',
  severity: 'medium',
  part: 'schema',
  title: 'Tables yet to come are closed to requests until somebody opens them',
  asksRoles: true,
  sql: `
    select format('default rights of %s: %s', pg_get_userbyid(d.defaclrole), r.rolname) as object,
      format('gets %s on every table to come%s, before that has policies', string_agg(distinct lower(a.privilege_type), ', '),
        case when d.defaclnamespace = 0 then '' else format(' in %s', d.defaclnamespace::regnamespace) end) as message,
      format('alter default privileges for role %I%s revoke all on tables from %I', pg_get_userbyid(d.defaclrole),
        case when d.defaclnamespace = 0 then '' else ' in schema ' || d.defaclnamespace::regnamespace end, pg_get_userbyid(a.grantee)) as mend
    from pg_default_acl d
    cross join lateral aclexplode(d.defaclacl) a
    join app_roles r on a.grantee <> 0 and pg_has_role(r.oid, a.grantee, 'member')
    where d.defaclobjtype = 'r' and a.grantee <> d.defaclrole
    group by d.oid, d.defaclrole, d.defaclnamespace, r.rolname, a.grantee`,
});
