import { defineRule, type Finding } from '../../rule.ts';
import { judgePolicies } from '../../understand/guards.ts';

export default defineRule({
  number: 26,
  name: 'policy-canonical',
  severity: 'critical',
  part: 'schema',
  title: 'Each company-owned table has the canonical policy and its restrictive floor',
  check: (auditor) =>
    auditor.subject.form === 'bulkhead' ? auditor.facts<Finding>(ours) : judgePolicies(auditor, 'open'),
});

const ours = `
  select format('%s: %s', g.name, wanted.polname) as object,
    case when p.oid is null then 'is missing' else format('says %s', coalesce(pg_get_expr(p.polqual, g.oid), 'nothing')) end as message,
    format('drop policy if exists %1$I on %2$s; create policy %1$I on %2$s as %3$s to %4$I using (%5$I = %6$s) with check (%5$I = %6$s)',
      wanted.polname, g.name, case when wanted.permissive then 'permissive' else 'restrictive' end, app_role, g.tenant_name, tenant_function) as mend
  from guarded g
  cross join subject
  cross join (values ('tenant', true), ('tenant_floor', false)) wanted (polname, permissive)
  left join pg_policy p on p.polrelid = g.oid and p.polname = wanted.polname
  where p.oid is null or p.polcmd <> '*' or p.polpermissive <> wanted.permissive
    or pg_get_expr(p.polqual, g.oid) is distinct from format('(%I = %s)', g.tenant_name, tenant_function)`;
