import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 41,
  name: 'unique-global',
  severity: 'high',
  part: 'keys',
  title: 'Unique keys of company-owned tables carry the company',
  sql: String.raw`
    select format('%s: %s', o.name, c.relname) as object, 'one company''s insert fails because of another''s row, and so tells of it' as message,
      case when k.oid is null then format('drop index %I.%I; %s', n.nspname, c.relname,
          regexp_replace(pg_get_indexdef(c.oid), '( USING \w+ \()', '\1' || quote_ident(o.tenant_name) || ', '))
        else format('alter table %s drop constraint %I; alter table %s add constraint %I %s', o.name, k.conname, o.name, k.conname,
          regexp_replace(pg_get_constraintdef(k.oid), '\(', '(' || quote_ident(o.tenant_name)
            || case k.contype when 'x' then ' WITH =' else '' end || ', '))
          || coalesce((select ' -- first give the tenant to what depends on it (rule 39): '
              || string_agg(format('%s of %s', f.conname, f.conrelid::regclass), ', ' order by f.conname)
            from pg_constraint f where f.contype = 'f' and f.conindid = i.indexrelid and f.conparentid = 0), '') end as mend
    from pg_index i
    join owned o on o.oid = i.indrelid
    cross join subject
    join pg_class c on c.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')
    where (i.indisunique or i.indisexclusion)
      and not exists (select from unnest(i.indkey[0 : i.indnkeyatts - 1]) key where key = o.tenant)
      -- Elsewhere a key stands alone that nobody can guess, that the server counts out, or that comes with a row of one tenant.
      and (house or not exists (
        select from unnest(i.indkey[0 : i.indnkeyatts - 1]) key
        join pg_attribute a on a.attrelid = o.oid and a.attnum = key
        where a.atttypid in ('uuid'::regtype, 'bytea'::regtype) or a.attidentity <> ''
          or exists (select from pg_attrdef d where d.adrelid = o.oid and d.adnum = key and pg_get_expr(d.adbin, d.adrelid) like 'nextval(%')
          or exists (select from edges e where e.child = o.oid and key = any (e.conkey) and e.parent in (select oid from guarded))))`,
});
