import { defineRule, type Finding } from '../../rule.ts';
import { judgePolicies } from '../../understand/guards.ts';

export default defineRule({
  number: 28,
  name: 'policy-check',
  severity: 'critical',
  part: 'schema',
  title: 'What may be written is what may be read',
  check: (auditor) =>
    auditor.subject.form === 'bulkhead' ? auditor.facts<Finding>(ours) : judgePolicies(auditor, 'writes more'),
});

const ours = `
  select format('%s: %s', g.name, p.polname) as object, format('lets rows be written where %s', pg_get_expr(p.polwithcheck, g.oid)) as message,
    format('alter policy %I on %s with check (%s)', p.polname, g.name, coalesce(pg_get_expr(p.polqual, g.oid),
      format('%I = %s', g.tenant_name, tenant_function))) as mend
  from guarded g
  cross join subject
  join pg_policy p on p.polrelid = g.oid
  where p.polwithcheck is not null and (p.polname in ('tenant', 'tenant_floor') or not p.polpermissive)
    and case when p.polqual is null then pg_get_expr(p.polwithcheck, g.oid) = 'true'
      else pg_get_expr(p.polwithcheck, g.oid) <> pg_get_expr(p.polqual, g.oid) end`;
