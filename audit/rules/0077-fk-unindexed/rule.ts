import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 77,
  name: 'fk-unindexed',
  severity: 'medium',
  part: 'keys',
  title: 'Foreign keys have an index to find the children by',
  sql: `
    select format('%s: %s', e.child_name, e.conname) as object,
      format('deleting a row of %s reads all of %s, whoever''s rows they are', e.parent_name, e.child_name) as message,
      format('create index on %s (%s)', e.child_name, columns.list) as mend
    from edges e
    join owned c on c.oid = e.child
    cross join lateral (select string_agg(quote_ident(a.attname), ', ' order by a.attname <> e.child_tenant, u.n) as list
      from unnest(e.conkey) with ordinality u (x, n) join pg_attribute a on a.attrelid = e.child and a.attnum = u.x) columns
    where not coalesce(e.to_tenants, false)
      -- The tenant alone narrows it down to all its rows.
      and not exists (
        select from pg_index i cross join lateral (select (i.indkey::int2[])[0 : cardinality(e.conkey) - 1] as leading) first
        where i.indrelid = e.child and i.indisvalid and first.leading <@ e.conkey and first.leading && array_remove(e.conkey, c.tenant))`,
});
