import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 13,
  name: 'role-reach',
  severity: 'critical',
  part: 'schema',
  title: 'A role that serves requests can become no other role',
  asksRoles: true,
  sql: `
    select a.rolname as object, format('can act as %s', r.rolname) as message, format('revoke %I from %I', r.rolname, a.rolname) as mend
    from app_roles a
    cross join subject
    join pg_roles r on r.oid <> a.oid and pg_has_role(a.oid, r.oid, 'member')
    where case when house then exists (select from pg_auth_members m where m.member = a.oid and m.roleid = r.oid)
      -- A group that only hands on rights is no harm; one that stands above the policies is.
      else r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolreplication or exists (select from guarded g where g.relowner = r.oid)
        or r.rolname in ('pg_read_all_data', 'pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program',
          'pg_maintain', 'pg_create_subscription', 'pg_stat_scan_tables',
          'rds_superuser', 'cloudsqlsuperuser', 'azure_pg_admin', 'alloydbsuperuser') end`,
});
