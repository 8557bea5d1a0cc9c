import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'a large object', sql: 'select lo_create(0)' },
  { what: 'large objects for the app', sql: 'grant execute on function lo_create(oid) to bulkhead_app' },
]);
