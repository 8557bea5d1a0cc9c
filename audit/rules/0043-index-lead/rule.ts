import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 43,
  name: 'index-lead',
  severity: 'medium',
  part: 'keys',
  title: 'Indexes of company-owned tables lead with the company',
  sql: String.raw`
    select format('%s: %s', o.name, c.relname) as object, 'its scans walk through every company''s rows' as message,
      format('drop index %I.%I; %s', n.nspname, c.relname,
        regexp_replace(pg_get_indexdef(c.oid), '( USING \w+ \()', '\1' || quote_ident(o.tenant_name) || ', ')) as mend
    from pg_index i
    join owned o on o.oid = i.indrelid
    cross join subject
    join pg_class c on c.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace
    where house and not i.indisunique and not i.indisexclusion and i.indkey[0] <> o.tenant
      -- What is found by the digest of a secret is found before its company is known.
      and not (i.indnkeyatts = 1 and exists (select from pg_attribute a where a.attrelid = o.oid and a.attnum = i.indkey[0] and a.atttypid = 'bytea'::regtype))
    union all
    select o.name, 'no index leads with the company', format('create index on %s (%I)', o.name, o.tenant_name)
    from owned o
    where not exists (select from pg_index i where i.indrelid = o.oid and i.indkey[0] = o.tenant and i.indpred is null and i.indisvalid)`,
});
