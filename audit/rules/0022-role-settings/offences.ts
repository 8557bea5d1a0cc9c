import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a company baked into a role',
    sql: `alter role bulkhead_app set app.company_id = '00000000-0000-7000-8000-000000000001'`,
  },
  {
    what: 'a database that reads past policies by default',
    sql: `do $$ begin execute format('alter database %I set row_security = off', current_database()); end $$`,
  },
]);
