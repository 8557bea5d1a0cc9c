import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 22,
  name: 'role-settings',
  severity: 'critical',
  part: 'schema',
  title: 'No setting that decides about isolation is stored with a role or the database',
  asksRoles: true,
  sql: String.raw`
    select format('%s%s: %s', coalesce(r.rolname, 'every role'), case when d.setdatabase = 0 then '' else ' in this database' end, setting) as object,
      'is set before a request says who it is for' as message,
      case when d.setrole = 0 then format('alter database %I reset %s', current_database(), split_part(setting, '=', 1))
        else format('alter role %I%s reset %s', r.rolname, case when d.setdatabase = 0 then '' else format(' in database %I', current_database()) end,
          split_part(setting, '=', 1)) end as mend
    from pg_db_role_setting d
    left join pg_roles r on r.oid = d.setrole
    cross join subject
    cross join lateral unnest(d.setconfig) setting
    where (d.setrole = 0 or r.rolname in (select rolname from app_roles))
      and (d.setdatabase = 0 or d.setdatabase = (select oid from pg_database where datname = current_database()))
      and case when house then setting ~ '^(app\.|row_security=|session_replication_role=|role=|search_path=|session_authorization=)'
        else setting ~ '^(session_replication_role|role|session_authorization)=' or split_part(setting, '=', 1) = s ->> 'tenantSetting' end
    union all
    select name, 'is set for the whole server before a request says who it is for',
      case when sourcefile like '%postgresql.auto.conf' then format('-- alter system reset %s; then select pg_reload_conf()', name)
        else format('-- take %s out of the configuration of the server, and reload it', name) end
    from pg_settings, subject
    where name = s ->> 'tenantSetting' and source in ('configuration file', 'command line', 'environment variable')
    union all
    select r.name, format('works as %s, whoever calls it', substr(setting, length(s ->> 'tenantSetting') + 2)),
      format('alter %s %s reset %s', r.sort, r.name, s ->> 'tenantSetting')
    from routines r cross join subject cross join lateral unnest(r.proconfig) setting
    where split_part(setting, '=', 1) = s ->> 'tenantSetting'`,
});
