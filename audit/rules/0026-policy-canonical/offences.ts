import { defineOffences } from '../../mutation/offence.ts';

const again = (policy: string, rest: string) =>
  `drop policy ${policy} on contacts; create policy ${policy} on contacts ${rest}`;

export default defineOffences([
  { what: 'no floor', sql: 'drop policy tenant_floor on contacts' },
  { what: 'no policy', sql: 'drop policy tenant on contacts' },
  { what: 'a policy that is true', sql: again('tenant', 'to bulkhead_app using (true) with check (true)') },
  {
    what: 'a policy that opens without a company',
    sql: again('tenant', 'to bulkhead_app using (company_id = app.cid() or app.cid() is null)'),
  },
  {
    what: 'a policy on the wrong column',
    sql: again('tenant_floor', 'as restrictive to bulkhead_app using (owner_id = app.cid())'),
  },
  {
    what: 'a policy for reading only',
    sql: again('tenant', 'for select to bulkhead_app using (company_id = app.cid())'),
  },
  { what: 'a floor that is permissive', sql: again('tenant_floor', 'to bulkhead_app using (company_id = app.cid())') },
]);
