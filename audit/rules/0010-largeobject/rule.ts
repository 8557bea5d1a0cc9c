import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 10,
  name: 'largeobject',
  severity: 'high',
  part: 'schema',
  title: 'Large objects are not used, and requests cannot make any',
  sql: `
    select format('large object %s', oid) as object, 'belongs to no company' as message, format('select lo_unlink(%s)', oid) as mend
    from pg_largeobject_metadata, subject where house
    union all
    select 'large objects', format('%s of them belong to no tenant', count(*)), '-- select lo_unlink(oid) from pg_largeobject_metadata, once their bytes are in a column of a table'
    from pg_largeobject_metadata, subject where not house having count(*) > 0
    union all
    select p.oid::regprocedure::text, format('%s may make large objects', r.rolname),
      format('revoke execute on function %s from public, %I', p.oid::regprocedure, r.rolname)
    from pg_proc p, app_roles r, subject
    where house and p.pronamespace = 'pg_catalog'::regnamespace and p.proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_import')
      and has_function_privilege(r.oid, p.oid, 'execute')`,
});
