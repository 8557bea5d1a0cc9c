import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'an app that switches triggers off', sql: 'grant set on parameter session_replication_role to bulkhead_app' },
]);
