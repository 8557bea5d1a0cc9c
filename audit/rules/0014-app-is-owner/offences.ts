import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'an app that owns a table', sql: 'alter table saved_views owner to bulkhead_app' },
]);
