import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 73,
  name: 'policy-lookup',
  severity: 'critical',
  part: 'schema',
  title: 'What policies look up, requests cannot write',
  asksRoles: true,
  sql: String.raw`
    select distinct format('%s: %s', g.name, p.polname) as object,
      format('asks %s, which %s may write: who writes himself in there sees what he likes', asked.name, r.rolname) as message,
      format('revoke insert, update on %s from public, %I', asked.name, r.rolname) as mend
    from (
      select t.oid as by, t.oid, t.name from tables t where not t.relrowsecurity
      union all
      -- Each function once, however many policies ask it.
      select f.oid, t.oid, t.name
      from (select distinct refobjid as oid from pg_depend where classid = 'pg_policy'::regclass and refclassid = 'pg_proc'::regclass) used
      join routines f on f.oid = used.oid
      join tables t on not t.relrowsecurity and f.prosrc ~* ('\m(from|join)\s+(only\s+)?("?' || t.nspname || '"?\.)?"?' || t.relname || '\M')
    ) asked
    join pg_depend d on d.classid = 'pg_policy'::regclass and d.refclassid in ('pg_class'::regclass, 'pg_proc'::regclass) and d.refobjid = asked.by
    join pg_policy p on p.oid = d.objid
    join guarded g on g.oid = p.polrelid and g.oid <> asked.oid
    cross join app_roles r
    where asked.oid not in (select oid from guarded) and has_any_column_privilege(r.oid, asked.oid, 'insert, update')`,
});
