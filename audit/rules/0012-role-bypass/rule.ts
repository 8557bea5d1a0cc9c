import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 12,
  name: 'role-bypass',
  severity: 'critical',
  part: 'schema',
  title: 'Only the auditor and the gates stand above the policies, and no request does',
  asksRoles: true,
  sql: `
    select r.rolname as object, format('has %s', array_to_string(array_remove(array[
        case when r.rolsuper then 'superuser' end, case when r.rolbypassrls and not r.may_bypass then 'bypassrls' end,
        case when r.rolcreaterole then 'createrole' end, case when r.rolcreatedb and r.house then 'createdb' end,
        case when r.rolreplication then 'replication' end, case when r.rolcanlogin and not r.may_log_in then 'login' end], null), ', ')) as message,
      format('alter role %I nosuperuser%s nocreaterole noreplication%s%s', r.rolname, case when r.house then ' nocreatedb' else '' end,
        case when r.may_bypass then '' else ' nobypassrls' end, case when r.may_log_in then '' else ' nologin' end) as mend
    from (
      select p.*, house, coalesce(p.rolname in (s ->> 'gateRole', s ->> 'auditorRole'), false) as may_bypass,
        not house or p.rolname not in (s ->> 'gateRole', s ->> 'ownerRole') as may_log_in
      from pg_roles p, subject
      where s -> 'appRoles' ? p.rolname or p.rolname in (s ->> 'ownerRole', s ->> 'gateRole', s ->> 'auditorRole')
    ) r
    where r.rolsuper or r.rolcreaterole or (r.rolcreatedb and r.house) or r.rolreplication
      or (r.rolbypassrls and not r.may_bypass) or (r.rolcanlogin and not r.may_log_in)`,
});
