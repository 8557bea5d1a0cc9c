import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'an app that bypasses policies', sql: 'alter role bulkhead_app bypassrls', also: [57, 58, 71] },
  { what: 'an app that makes roles', sql: 'alter role bulkhead_app createrole' },
  { what: 'a job queue that is superuser', sql: 'alter role bulkhead_jobs superuser' },
  { what: 'an owner who logs in', sql: 'alter role bulkhead_owner login' },
]);
