import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 32,
  name: 'initplan-wrap',
  severity: 'medium',
  part: 'schema',
  title: 'Functions of policies dissolve into the query',
  sql: String.raw`
    select r.name as object, case when r.lanname <> 'sql' then format('is written in %s, and called for each row', r.lanname)
        when r.prosecdef then 'is a definer function, and called for each row' else 'has settings of its own, and is called for each row' end as message,
      case when r.prosecdef then format('alter function %s security invoker', r.name)
        when r.proconfig is not null then format('alter function %s reset all', r.name)
        else format('-- write %s in SQL, or wrap its calls: (select %s)', r.name, r.name) end as mend
    from routines r
    where (r.lanname <> 'sql' or r.prosecdef or r.proconfig is not null)
      and exists (select from pg_depend d join pg_policy p on p.oid = d.objid
        where d.classid = 'pg_policy'::regclass and d.refclassid = 'pg_proc'::regclass and d.refobjid = r.oid
          and pg_get_expr(coalesce(p.polqual, p.polwithcheck), p.polrelid) !~ ('SELECT ' || r.nspname || '\.' || r.proname || '\('))`,
});
