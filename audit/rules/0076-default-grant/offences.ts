import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'tables that are open as soon as they are there',
    sql: 'alter default privileges for role bulkhead_owner in schema public grant select, insert on tables to bulkhead_app',
  },
]);
