import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 30,
  name: 'fn-volatility',
  severity: 'critical',
  part: 'schema',
  title: 'Functions that read the context are STABLE',
  sql: String.raw`
    select r.name as object, case r.provolatile when 'i' then 'is immutable: a cached plan serves the first company to all others'
        else 'is volatile: it runs once per row, and no index serves it' end as message,
      format('alter function %s stable', r.name) as mend
    from routines r
    cross join subject
    where r.provolatile <> 's'
      and case when house then exists (select from pg_depend d join pg_policy p on p.oid = d.objid
          where d.classid = 'pg_policy'::regclass and d.refclassid = 'pg_proc'::regclass and d.refobjid = r.oid)
        or (r.prosrc ~* 'current_setting|\mapp\.(cid|uid|owners|sees\w*)\(' and r.provolatile = 'i')
        or (r.nspname = 'app' and r.sort = 'function' and r.prorettype <> all (array['trigger', 'event_trigger']::regtype[]) and r.prosrc ~* 'current_setting')
      else (r.prosrc ~* 'current_setting|\mcurrent_user\M|\msession_user\M' and r.provolatile = 'i')
        or exists (select from pg_depend d join pg_policy p on p.oid = d.objid
          where d.classid = 'pg_policy'::regclass and d.refclassid = 'pg_proc'::regclass and d.refobjid = r.oid
            and case r.provolatile when 'i' then r.prosrc ~* '\mfrom\M'
              -- Wrapped in a sub-select it runs once, however it is marked.
              else concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) !~ ('SELECT ' || r.nspname || '\.' || r.proname || '\(') end) end`,
});
