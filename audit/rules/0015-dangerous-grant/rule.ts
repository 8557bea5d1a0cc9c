import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 15,
  name: 'dangerous-grant',
  severity: 'critical',
  part: 'schema',
  title: 'Nobody but the owner may truncate, reference or put triggers on a table',
  asksRoles: true,
  sql: `
    select format('%s: %s', t.name, a.privilege_type) as object, case when past.policies then format('%s has a right that looks past policies', grantee.name)
        else format('%s may hand this right on to anybody', grantee.name) end as message,
      format('revoke %s%s%s on %s from %s%s', case when past.policies then '' else 'grant option for ' end, a.privilege_type,
        ' (' || quote_ident(a.column_name) || ')', t.name, grantee.name, case when past.policies then '' else ' cascade' end) as mend
    from tables t
    cross join subject
    cross join lateral (
      select null::name as column_name, x.* from aclexplode(t.relacl) x
      union all
      select c.attname, x.* from pg_attribute c, aclexplode(c.attacl) x where c.attrelid = t.oid and c.attacl is not null
    ) a
    cross join lateral (select case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end as name) grantee
    cross join lateral (select a.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN') as policies) past
    where a.grantee <> t.relowner and (past.policies or (a.is_grantable and not house))
      -- A role that serves no requests may well be trusted with them.
      and (house or (t.oid in (select oid from guarded)
        and (a.grantee = 0 or exists (select from app_roles r where a.grantee <> 0 and pg_has_role(r.oid, a.grantee, 'member')))))`,
});
