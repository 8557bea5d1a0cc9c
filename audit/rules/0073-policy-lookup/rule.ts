import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 73,
  name: 'policy-lookup',
  severity: 'critical',
  part: 'schema',
  title: 'What policies look up, requests cannot write',
  asksRoles: true,
  sql: String.raw`
    select distinct a.object, format('asks %s, which %s may write: who writes himself in there sees what he likes', t.name, r.rolname) as message,
      format('revoke insert, update on %s from public, %I', t.name, r.rolname) as mend
    from (
      select format('%s: %s', g.name, p.polname) as object, d.refclassid, d.refobjid
      from guarded g join pg_policy p on p.polrelid = g.oid
      join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid
      where d.refclassid in ('pg_class'::regclass, 'pg_proc'::regclass) and d.refobjid <> g.oid
    ) a
    join tables t on (a.refclassid = 'pg_class'::regclass and a.refobjid = t.oid)
      or (a.refclassid = 'pg_proc'::regclass and exists (select from routines f
        where f.oid = a.refobjid and f.prosrc ~* ('\m(from|join)\s+(only\s+)?("?' || t.nspname || '"?\.)?"?' || t.relname || '\M')))
    cross join app_roles r
    where not t.relrowsecurity and t.oid not in (select oid from guarded) and has_any_column_privilege(r.oid, t.oid, 'insert, update')`,
});
