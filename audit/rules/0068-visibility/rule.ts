import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 68,
  name: 'visibility',
  severity: 'high',
  part: 'schema',
  title: 'A table whose rows can be private has a restrictive visibility policy',
  houseOnly: "Only Bulkhead's tables have private rows of this form.",
  sql: String.raw`
    select o.name as object, 'has private_to, but no policy asks for it' as message,
      format('create policy visibility on %1$s as restrictive to %2$I using (app.sees(%3$I, private_to)) with check (app.sees(%3$I, private_to))',
        o.name, app_role, owner.attname) as mend
    from owned o
    cross join subject
    join pg_attribute a on a.attrelid = o.oid and a.attname = 'private_to' and not a.attisdropped
    left join pg_attribute owner on owner.attrelid = o.oid and owner.attname in ('owner_id', 'user_id', 'author_id') and not owner.attisdropped
    where not exists (
      select from pg_policy p
      where p.polrelid = o.oid and not p.polpermissive and p.polcmd = '*' and pg_get_expr(p.polqual, o.oid) ~ '\mprivate_to\M')`,
});
