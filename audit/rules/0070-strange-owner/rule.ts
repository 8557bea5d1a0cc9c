import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 70,
  name: 'strange-owner',
  severity: 'high',
  part: 'schema',
  title: "Everything belongs to the owner's role, gate functions to the gate's",
  houseOnly: 'Other databases have owners of their own; rule 14 looks whether one of them serves requests.',
  sql: `
    select o.object, format('belongs to %s', pg_get_userbyid(o.owner)) as message,
      format('alter %s %s owner to %I', o.sort, o.object, case when o.nspname = 'gate' then s ->> 'gateRole' else s ->> 'ownerRole' end) as mend
    from subject, (
      select name as object, 'table' as sort, relowner as owner, 'public' as nspname from tables
      union all
      select name, sort, proowner, nspname from routines where not prosecdef
      union all
      select format('%I', nspname), 'schema', nspowner, nspname::text from schemas where nspname in ('app', 'gate')
      union all
      select format('%I.%I', n.nspname, c.relname), case c.relkind when 'v' then 'view' when 'm' then 'materialized view' else 'sequence' end, c.relowner, n.nspname::text
      from pg_class c join schemas n on n.oid = c.relnamespace
      where c.relkind in ('v', 'm', 'S') and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('e', 'i', 'a'))
    ) o
    where pg_get_userbyid(o.owner) <> case when o.nspname = 'gate' then s ->> 'gateRole' else s ->> 'ownerRole' end
      and o.owner not in (select oid from app_roles)`,
});
