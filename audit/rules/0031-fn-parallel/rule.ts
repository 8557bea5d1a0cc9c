import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 31,
  name: 'fn-parallel',
  severity: 'medium',
  part: 'schema',
  title: 'Functions of policies are PARALLEL SAFE',
  sql: `
    select r.name as object, 'keeps every query over its tables from running in parallel' as message,
      format('alter function %s parallel safe', r.name) as mend
    from routines r
    where r.proparallel <> 's'
      and exists (select from pg_depend d where d.classid = 'pg_policy'::regclass and d.refclassid = 'pg_proc'::regclass and d.refobjid = r.oid)`,
});
