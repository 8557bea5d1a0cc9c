import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'a table that everybody reads', sql: 'grant select on contacts to public' },
  { what: 'a column that everybody reads', sql: 'grant select (email) on contacts to public' },
  { what: 'a gate that everybody calls', sql: 'grant execute on function gate.session_state to public' },
  {
    what: 'tables to come that everybody reads',
    sql: 'alter default privileges for role bulkhead_owner in schema public grant select on tables to public',
  },
  {
    what: 'temporary tables for everybody',
    sql: `do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$`,
  },
]);
