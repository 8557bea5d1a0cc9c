import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 23,
  name: 'escape-ext',
  severity: 'high',
  part: 'schema',
  title: 'No extension or language leads out of the database',
  asksRoles: true,
  sql: `
    select format('extension %s', e.extname) as object, 'opens connections or files past the roles and policies here' as message,
      format('drop extension %I cascade', e.extname) as mend
    from pg_extension e, subject
    where e.extname in ('dblink', 'postgres_fdw', 'file_fdw', 'adminpack', 'pg_cron', 'pgagent', 'http', 'pg_net', 'mysql_fdw', 'oracle_fdw', 'tds_fdw', 'wrappers',
        'aws_s3', 'aws_lambda', 'azure_storage', 'pg_background', 'pg_dirtyread', 'pageinspect', 'pg_walinspect', 'plsh')
      and (house
        or exists (select from pg_foreign_data_wrapper w join pg_foreign_server v on v.srvfdw = w.oid, app_roles r
          where w.fdwname = e.extname and has_server_privilege(r.oid, v.oid, 'usage'))
        or exists (select from pg_depend d join pg_proc p on p.oid = d.objid, app_roles r
          where d.classid = 'pg_proc'::regclass and d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'e'
            and e.extname not in ('postgres_fdw', 'file_fdw')
            and has_schema_privilege(r.oid, p.pronamespace, 'usage') and has_function_privilege(r.oid, p.oid, 'execute')))
    union all
    select format('server %I', v.srvname), format('%s may make foreign tables of it and log in there', r.rolname),
      format('revoke usage on foreign server %I from public, %I', v.srvname, r.rolname)
    from pg_foreign_server v, app_roles r
    where has_server_privilege(r.oid, v.oid, 'usage')
    union all
    select format('language %s', l.lanname), format('%s may write functions in it', r.rolname),
      format('revoke usage on language %I from public, %I', l.lanname, r.rolname)
    from pg_language l, app_roles r
    where not l.lanpltrusted and l.lanname not in ('internal', 'c') and has_language_privilege(r.oid, l.oid, 'usage')
    union all
    select p.oid::regprocedure::text, format('%s may read or write the server''s files with it', r.rolname),
      format('revoke execute on function %s from public, %I', p.oid::regprocedure, r.rolname)
    from pg_proc p, app_roles r
    where p.pronamespace = 'pg_catalog'::regnamespace
      and p.proname in ('pg_read_file', 'pg_read_binary_file', 'pg_ls_dir', 'pg_stat_file', 'lo_import', 'lo_export')
      and has_function_privilege(r.oid, p.oid, 'execute')`,
});
