import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 18,
  name: 'create-temp',
  severity: 'high',
  part: 'schema',
  title: 'Requests can create neither objects nor temporary tables',
  asksRoles: true,
  sql: `
    select format('database %I', d.datname) as object, format('%s has %s', r.rolname, p.privilege) as message,
      format('revoke %s on database %I from public, %I', p.privilege, d.datname, r.rolname) as mend
    from pg_database d, app_roles r, (values ('create'), ('temporary')) p (privilege)
    where d.datname = current_database() and has_database_privilege(r.oid, d.oid, p.privilege)
      and not exists (select from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a where a.grantee = 0 and lower(a.privilege_type) = p.privilege)
    union all
    select format('schema %I', n.nspname), format('%s may create objects in it', r.rolname),
      format('revoke create on schema %I from public, %I', n.nspname, r.rolname)
    from schemas n, app_roles r, subject
    where has_schema_privilege(r.oid, n.oid, 'create') and n.nspowner is distinct from r.oid
      and (house or exists (select from guarded g join pg_class c on c.oid = g.oid where c.relnamespace = n.oid))`,
});
