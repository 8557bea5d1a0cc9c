import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 74,
  name: 'policy-path',
  severity: 'high',
  part: 'schema',
  title: 'Functions of policies name their tables with a schema',
  sql: String.raw`
    select r.name as object, format('reads %s, and whoever calls it chooses which table of that name', read.named) as message,
      format('alter function %s set search_path = pg_catalog, %I, pg_temp', r.name, coalesce(read.nspname, r.nspname)) as mend
    from (
      select f.* from routines f
      where not f.prosecdef and not exists (select from unnest(f.proconfig) setting where setting like 'search_path=%')
        and exists (select from pg_depend d where d.classid = 'pg_policy'::regclass and d.refclassid = 'pg_proc'::regclass and d.refobjid = f.oid)
      -- These first: each is compared with the name of each table.
      offset 0
    ) r
    cross join lateral (
      select t.relname as named, t.nspname from tables t
      -- Of a body in standard SQL the names were looked up when it was made.
      where r.prosrc !~* '\mbegin\s+atomic\M|\mas\s+\$\$' and r.prosrc ~* ('\m(from|join)\s+(only\s+)?"?' || t.relname || '\M') limit 1
    ) read`,
});
