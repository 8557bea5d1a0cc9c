import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 7,
  name: 'view-definer',
  severity: 'critical',
  part: 'schema',
  title: 'Views run with the rights of their caller',
  sql: `
    select format('%I.%I', n.nspname, c.relname) as object, 'it reads with the rights of its owner' as message,
      format('alter view %I.%I set (security_invoker = true)', n.nspname, c.relname) as mend
    from pg_class c
    join schemas n on n.oid = c.relnamespace
    where c.relkind = 'v'
      and not coalesce((select option_value::boolean from pg_options_to_table(c.reloptions) where option_name = 'security_invoker'), false)
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`,
});
