import { defineRule, type Finding } from '../../rule.ts';
import { judgePolicies } from '../../understand/guards.ts';

export default defineRule({
  number: 27,
  name: 'policy-extra-permissive',
  severity: 'critical',
  part: 'schema',
  title: 'No table has a second permissive policy',
  check: (auditor) =>
    auditor.subject.form === 'bulkhead' ? auditor.facts<Finding>(ours) : judgePolicies(auditor, 'opens more'),
});

const ours = `
  select format('%s: %s', g.name, p.polname) as object, 'is permissive too, and permissive policies add up' as message,
    format('drop policy %I on %s', p.polname, g.name) as mend
  from guarded g
  join pg_policy p on p.polrelid = g.oid
  where p.polpermissive and p.polname not in ('tenant', 'tenant_floor')`;
