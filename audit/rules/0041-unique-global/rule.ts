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
          regexp_replace(pg_get_indexdef(c.oid), '( USING \w+ \()', '\1' || quote_ident(tenant_column) || ', '))
        else format('alter table %s drop constraint %I cascade; alter table %s add constraint %I %s', o.name, k.conname, o.name, k.conname,
          regexp_replace(pg_get_constraintdef(k.oid), '\(', '(' || quote_ident(tenant_column)
            || case k.contype when 'x' then ' WITH =' else '' end || ', ')) end as mend
    from pg_index i
    join owned o on o.oid = i.indrelid
    cross join subject
    join pg_class c on c.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')
    where (i.indisunique or i.indisexclusion)
      and not exists (select from unnest(i.indkey[0 : i.indnkeyatts - 1]) key where key = o.tenant)`,
});
