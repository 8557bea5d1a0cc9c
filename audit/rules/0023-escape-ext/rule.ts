import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 23,
  name: 'escape-ext',
  severity: 'high',
  part: 'schema',
  title: 'No extension or language leads out of the database',
  sql: `
    select format('extension %s', extname) as object, 'opens connections or files past the roles and policies here' as message,
      format('drop extension %I cascade', extname) as mend
    from pg_extension where extname in ('dblink', 'postgres_fdw', 'file_fdw', 'adminpack', 'pg_cron', 'http', 'pg_net')
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
      and p.proname in ('pg_read_file', 'pg_read_binary_file', 'pg_ls_dir', 'lo_import', 'lo_export')
      and has_function_privilege(r.oid, p.oid, 'execute')`,
});
