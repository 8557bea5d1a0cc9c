import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 39,
  name: 'fk-no-tenant',
  severity: 'critical',
  part: 'keys',
  title: 'Foreign keys between company-owned tables carry the company',
  sql: `
    select format('%s: %s', e.child_name, e.conname) as object, format('a row can point at another company''s row: %s', e.definition) as message,
      format('alter table %s drop constraint %I; alter table %s add foreign key (%I, %s) references %s (%I, %s)%s', e.child_name, e.conname,
        e.child_name, tenant_column, child_columns, e.parent_name, tenant_column, parent_columns,
        case e.confdeltype when 'c' then ' on delete cascade' else '' end) as mend
    from edges e
    cross join subject
    join owned p on p.oid = e.parent
    cross join lateral (
      select string_agg(quote_ident(a.attname), ', ' order by u.n) as child_columns, string_agg(quote_ident(b.attname), ', ' order by u.n) as parent_columns
      from unnest(e.conkey, e.confkey) with ordinality u (x, y, n)
      join pg_attribute a on a.attrelid = e.child and a.attnum = u.x
      join pg_attribute b on b.attrelid = e.parent and b.attnum = u.y
    ) cols
    where not e.carries_tenant`,
});
