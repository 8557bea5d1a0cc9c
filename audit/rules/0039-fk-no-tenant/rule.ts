import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 39,
  name: 'fk-no-tenant',
  severity: 'critical',
  part: 'keys',
  title: 'Foreign keys between company-owned tables carry the company',
  sql: String.raw`
    select format('%s: %s', e.child_name, e.conname) as object, format('a row can point at another company''s row: %s', e.definition) as message,
      case when cols.keyed then '' else format('alter table %s add unique (%I, %s); ', e.parent_name, p.tenant_name, parent_columns) end
        || format('alter table %s drop constraint %I; alter table %s add foreign key (%I, %s) references %s (%I, %s)%s', e.child_name, e.conname,
          e.child_name, e.child_tenant, child_columns, e.parent_name, p.tenant_name, parent_columns,
          -- What else it says is kept, but for what would empty the tenant too.
          regexp_replace(regexp_replace(regexp_replace(e.definition, '^FOREIGN KEY \([^)]*\) REFERENCES [^(]*\([^)]*\)', ''),
              ' MATCH FULL| NOT VALID| NOT ENFORCED| ON UPDATE SET (NULL|DEFAULT)', '', 'g'), ' ON DELETE SET (NULL|DEFAULT)( \([^)]*\))?',
            case when house or current_setting('server_version_num')::int < 150000 then '' else format(' ON DELETE SET \1 (%s)', child_columns) end)) as mend
    from edges e
    cross join subject
    join owned p on p.oid = e.parent and not p.is_tenants
    cross join lateral (
      select string_agg(quote_ident(a.attname), ', ' order by u.n) as child_columns, string_agg(quote_ident(b.attname), ', ' order by u.n) as parent_columns,
        exists (select from pg_index i where i.indrelid = e.parent and i.indisunique and i.indpred is null
          and (select array_agg(x order by x) from unnest(i.indkey::int2[]) x) = (select array_agg(x order by x) from unnest(e.confkey || p.tenant) x)) as keyed
      from unnest(e.conkey, e.confkey) with ordinality u (x, y, n)
      join pg_attribute a on a.attrelid = e.child and a.attnum = u.x
      join pg_attribute b on b.attrelid = e.parent and b.attnum = u.y
    ) cols
    where not e.carries_tenant`,
});
