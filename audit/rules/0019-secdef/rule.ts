import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 19,
  name: 'secdef',
  severity: 'critical',
  part: 'schema',
  title: 'SECURITY DEFINER functions are exactly those that are listed with a reason, owned by the gate role',
  sql: `
    select r.name as object, case
        when not listed.known then 'runs with its owner''s rights and is not on the list'
        else format('belongs to %s', pg_get_userbyid(r.proowner)) end as message,
      case when not listed.known then format('alter %s %s security invoker', r.sort, r.name)
        else format('alter %s %s owner to %I', r.sort, r.name, s ->> 'gateRole') end as mend
    from routines r
    cross join subject
    cross join lateral (select r.nspname = 'gate' and s -> 'gates' ? r.proname as known) listed
    where r.prosecdef and (not listed.known or pg_get_userbyid(r.proowner) <> s ->> 'gateRole')
    union all
    select format('gate.%I', g.key), 'is on the list of definer functions, but not in the database',
      format('-- take %s out of server/tenancy/gates.ts', g.key)
    from subject, jsonb_each_text(s -> 'gates') g
    where not exists (select from routines r where r.nspname = 'gate' and r.proname = g.key and r.prosecdef)`,
});
