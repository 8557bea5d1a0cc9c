import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'an app that can become the owner', sql: 'grant bulkhead_owner to bulkhead_app' },
  { what: 'an app that can become the gate', sql: 'grant bulkhead_gate to bulkhead_app', also: [17, 76] },
  { what: 'an app that may read all data', sql: 'grant pg_read_all_data to bulkhead_app' },
]);
