import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 68,
  name: 'visibility',
  severity: 'high',
  part: 'schema',
  title: 'A table whose rows can be private has the restrictive visibility policy of its migration, to the letter',
  houseOnly: "Only Bulkhead's tables have private rows of this form.",
  sql: `
    select o.name as object, case when p.oid is null then 'has private rows, but no visibility policy'
        when p.polpermissive or p.polcmd <> '*' then 'has a visibility policy that does not restrict all'
        else format('lets rows be seen where %s', coalesce(pg_get_expr(p.polqual, o.oid), 'it likes')) end as message,
      format('drop policy if exists visibility on %1$s; create policy visibility on %1$s as restrictive to %2$I using (%3$s) with check (%3$s)',
        o.name, app_role, wanted.condition) as mend
    from owned o
    cross join subject
    left join pg_attribute a on a.attrelid = o.oid and a.attname = 'private_to' and not a.attisdropped
    left join pg_attribute owner on owner.attrelid = o.oid and owner.attname in ('owner_id', 'user_id', 'author_id') and not owner.attisdropped
    cross join lateral (
      select coalesce(s -> 'asMigrated' -> 'visibility' ->> o.name,
        case when a.attnum is not null then format('app.sees(%I, private_to)', owner.attname) end) as condition
    ) wanted
    left join pg_policy p on p.polrelid = o.oid and p.polname = 'visibility'
    where wanted.condition is not null
      and (p.oid is null or p.polpermissive or p.polcmd <> '*' or pg_get_expr(p.polqual, o.oid) is distinct from wanted.condition)`,
});
