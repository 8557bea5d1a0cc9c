import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'temporary tables for the app',
    sql: `do $$ begin execute format('grant temporary on database %I to bulkhead_app', current_database()); end $$`,
  },
  { what: 'tables of the app in public', sql: 'grant create on schema public to bulkhead_app', also: [20] },
]);
