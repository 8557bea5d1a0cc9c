import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 65,
  name: 'key-shape',
  severity: 'high',
  part: 'keys',
  title: 'The primary key of a company-owned table leads with the company',
  houseOnly: "It is Bulkhead's own form; whether keys carry the tenant is what rules 39 and 41 look at.",
  sql: `
    select o.name as object, case when k.oid is null then 'has no primary key' else format('has %s', pg_get_constraintdef(k.oid)) end as message,
      case when k.oid is null then '' else format('alter table %s drop constraint %I cascade; ', o.name, k.conname) end
        || format('alter table %s add primary key (%I, id)', o.name, tenant_column) as mend
    from owned o
    cross join subject
    left join pg_constraint k on k.conrelid = o.oid and k.contype = 'p'
    where k.oid is null or (k.conkey[1] <> o.tenant and o.tenant = any (k.conkey))`,
});
