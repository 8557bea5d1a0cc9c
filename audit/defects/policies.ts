import type { Defect } from './defect.ts';

const again = (policy: string, rest: string) =>
  `drop policy ${policy} on contacts; create policy ${policy} on contacts ${rest}`;

export const policies: Defect[] = [
  { what: 'row-level security off', sql: 'alter table contacts disable row level security', red: [5] },
  { what: 'row-level security not forced', sql: 'alter table deals no force row level security', red: [5] },
  {
    what: 'row-level security of the companies off',
    sql: 'alter table companies disable row level security',
    red: [5],
  },
  { what: 'no floor', sql: 'drop policy tenant_floor on contacts', red: [26] },
  { what: 'no policy', sql: 'drop policy tenant on contacts', red: [26] },
  { what: 'a policy that is true', sql: again('tenant', 'to bulkhead_app using (true) with check (true)'), red: [26] },
  {
    what: 'a policy that opens without a company',
    sql: again('tenant', 'to bulkhead_app using (company_id = app.cid() or app.cid() is null)'),
    red: [26],
  },
  {
    what: 'a policy on the wrong column',
    sql: again('tenant_floor', 'as restrictive to bulkhead_app using (owner_id = app.cid())'),
    red: [26],
  },
  {
    what: 'a policy for reading only',
    sql: again('tenant', 'for select to bulkhead_app using (company_id = app.cid())'),
    red: [26],
  },
  {
    what: 'a floor that is permissive',
    sql: again('tenant_floor', 'to bulkhead_app using (company_id = app.cid())'),
    red: [26],
  },
  {
    what: 'a second permissive policy',
    sql: 'create policy support on contacts to bulkhead_app using (true)',
    red: [27],
  },
  { what: 'a check that is true', sql: 'alter policy tenant on contacts with check (true)', red: [28] },
  {
    what: 'a visibility that does not check what is written',
    sql: 'alter policy visibility on contacts with check (true)',
    red: [28],
  },
  { what: 'a policy for everybody', sql: 'alter policy tenant on contacts to public', red: [29] },
  { what: 'a floor for another role', sql: 'alter policy tenant_floor on contacts to bulkhead_jobs', red: [29] },
  { what: 'no visibility of private records', sql: 'drop policy visibility on contacts', red: [68] },
  { what: 'no guard against switching policies off', sql: 'drop event trigger guard_isolation', red: [11] },
  { what: 'a guard that sleeps', sql: 'alter event trigger guard_policies disable', red: [11] },
];
