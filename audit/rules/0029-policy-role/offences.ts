import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'a policy for everybody', sql: 'alter policy tenant on contacts to public' },
  { what: 'a floor for another role', sql: 'alter policy tenant_floor on contacts to bulkhead_jobs' },
]);
