import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 63,
  name: 'fk-to-global',
  severity: 'medium',
  part: 'keys',
  title: 'Company-owned tables reference no global table but the companies',
  houseOnly: "It matters only for tables that are distributed by tenant, as Bulkhead's may be.",
  sql: `
    select format('%s: %s', e.child_name, e.conname) as object, format('points at %s, which lives on one node only', e.parent_name) as message,
      format('alter table %s drop constraint %I', e.child_name, e.conname) as mend
    from edges e, subject
    where coalesce(e.parent_kind, 'global') <> 'company' and e.parent_relname is distinct from tenant_table
      and not exists (select from owned o where o.oid = e.parent)`,
});
