import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'a second permissive policy', sql: 'create policy support on contacts to bulkhead_app using (true)' },
]);
