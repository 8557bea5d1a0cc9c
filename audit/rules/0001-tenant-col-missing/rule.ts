import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 1,
  name: 'tenant-col-missing',
  severity: 'critical',
  part: 'schema',
  title: 'Every table has the company column, or is declared global',
  sql: `
    select t.name as object,
      case when house or way.parent_name is null then 'holds rows of no known company'
        else format('its rows tell their tenant only through %s, and no policy can be read off them', way.parent_name) end as message,
      case when house then format('alter table %s add column %I uuid not null default %s references %s (id) on delete cascade',
          t.name, tenant_column, tenant_function, (select c.name from tables c where is_tenants))
        else format('alter table %s add column %I %s%s; ', t.name, tenant_column, coalesce(type.name, 'uuid'),
            (select format(' references %s (%I)', c.name, tenant_key) from tables c where is_tenants))
          || coalesce(case when way.joined is not null then format('update %1$s c set %2$I = p.%3$I from %4$s p where %5$s; alter table %1$s alter column %2$I set not null',
            t.name, tenant_column, way.parent_tenant, way.parent_name, way.joined) end, '-- fill it, then set it not null')
          || format(' -- or say why %s is nobody''s: "global" in bulkhead.audit.json', t.name) end as mend
    from tables t
    cross join subject
    left join lateral (select g.tenant_sql as name from guarded g order by g.name limit 1) type on true
    left join lateral (
      select p.name as parent_name, p.tenant_name as parent_tenant,
        (select string_agg(format('p.%I = c.%I', b.attname, a.attname), ' and ')
         from unnest(k.conkey, k.confkey) u (x, y)
         join pg_attribute a on a.attrelid = t.oid and a.attnum = u.x
         join pg_attribute b on b.attrelid = p.oid and b.attnum = u.y) as joined
      from pg_constraint k join owned p on p.oid = k.confrelid
      where k.conrelid = t.oid and k.contype = 'f'
      order by k.oid limit 1
    ) way on true
    where t.tenant is null and t.kind <> 'global' and (house or not t.is_tenants)`,
});
