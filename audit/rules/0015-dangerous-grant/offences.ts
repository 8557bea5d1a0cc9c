import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'the right to truncate', sql: 'grant truncate on contacts to bulkhead_app' },
  { what: 'the right to reference', sql: 'grant references (id) on contacts to bulkhead_app' },
  { what: 'the right to make triggers', sql: 'grant trigger on contacts to bulkhead_gate' },
]);
