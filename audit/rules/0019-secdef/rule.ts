import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 19,
  name: 'secdef',
  severity: 'critical',
  part: 'schema',
  title: 'SECURITY DEFINER functions are exactly those that are listed with a reason, owned by the gate role',
  sql: `
    select r.name as object, case
        when not listed.known and not house then format('runs as %s, whom policies do not bind, and nobody has reviewed it', pg_get_userbyid(r.proowner))
        when not listed.known then case when r.nspname = 'gate' and s -> 'gates' ? r.proname
          then 'runs with its owner''s rights, and no migration makes it with these arguments' else 'runs with its owner''s rights and is not on the list' end
        else format('belongs to %s', pg_get_userbyid(r.proowner)) end as message,
      case when not listed.known then format('alter %s %s security invoker', r.sort, r.name)
          || case when house then '' else format(' -- or list it, once reviewed: "definers": {%s: "why"}', to_jsonb(r.name)) end
        else format('alter %s %s owner to %I', r.sort, r.name, s ->> 'gateRole') end as mend
    from routines r
    cross join subject
    cross join lateral (
      select case when house then r.nspname = 'gate' and s -> 'gates' ? r.proname and coalesce(s -> 'asMigrated' -> 'functions' ? r.name, true)
        -- A name may stand for a function while there is one of that name: whoever adds another has it reviewed.
        else s -> 'gates' ?| array[r.name, r.signature]
          or (s -> 'gates' ? (r.nspname || '.' || r.proname) and not exists (
            select from routines o where o.oid <> r.oid and o.nspname = r.nspname and o.proname = r.proname))
          or (s -> 'gates' ? r.proname::text and not exists (select from routines o where o.oid <> r.oid and o.proname = r.proname)) end as known
    ) listed
    where r.prosecdef and case when house then not listed.known or pg_get_userbyid(r.proowner) <> s ->> 'gateRole'
      else not listed.known
        and (not exists (select from app_roles) or exists (select from app_roles a where has_function_privilege(a.oid, r.oid, 'execute')))
        and exists (select from pg_roles o where o.oid = r.proowner and (o.rolsuper or o.rolbypassrls
          or exists (select from guarded g where not (g.relrowsecurity and g.relforcerowsecurity) and pg_has_role(o.oid, g.relowner, 'usage')))) end
    union all
    select case when house then format('gate.%I', g.key) else g.key end, 'is on the list of definer functions, but not in the database',
      format('-- take %s out of %s', g.key, case when house then 'server/tenancy/gates.ts' else 'bulkhead.audit.json' end)
    from subject, jsonb_each_text(s -> 'gates') g
    where not exists (select from routines r where r.prosecdef and case when house then r.nspname = 'gate' and r.proname = g.key
      else g.key in (r.proname, r.nspname || '.' || r.proname, r.name, r.signature) end)`,
});
