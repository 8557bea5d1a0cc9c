import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 29,
  name: 'policy-role',
  severity: 'high',
  part: 'schema',
  title: "Policies are for the app's role, and for nobody else",
  houseOnly:
    'A policy for everybody is as good as one for a role where it asks for the tenant, which rules 26 to 28 look at.',
  sql: `
    select format('%s: %s', g.name, p.polname) as object,
      format('is for %s', (select string_agg(case role when 0 then 'public' else pg_get_userbyid(role) end, ', ') from unnest(p.polroles) role)) as message,
      format('alter policy %I on %s to %I', p.polname, g.name, app_role) as mend
    from guarded g
    cross join subject
    join pg_policy p on p.polrelid = g.oid
    where p.polroles <> array(select oid from app_roles where rolname = app_role)
      and (p.polname in ('tenant', 'tenant_floor') or not p.polpermissive)`,
});
