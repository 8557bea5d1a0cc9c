import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 15,
  name: 'dangerous-grant',
  severity: 'critical',
  part: 'schema',
  title: 'Nobody but the owner may truncate, reference or put triggers on a table',
  sql: `
    select format('%s: %s', t.name, a.privilege_type) as object, format('%s has a right that looks past policies', grantee.name) as message,
      format('revoke %s on %s from %s', a.privilege_type, t.name, grantee.name) as mend
    from tables t
    cross join subject
    cross join lateral (
      select * from aclexplode(t.relacl)
      union all
      select x.* from pg_attribute c, aclexplode(c.attacl) x where c.attrelid = t.oid and c.attacl is not null
    ) a
    cross join lateral (select case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end as name) grantee
    where a.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN') and a.grantee <> t.relowner
      -- A role that serves no requests may well be trusted with them.
      and (house or (t.oid in (select oid from guarded) and (a.grantee = 0 or a.grantee in (select oid from app_roles))))`,
});
