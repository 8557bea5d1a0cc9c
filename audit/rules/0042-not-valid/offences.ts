import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a constraint that was never checked',
    sql: `alter table contacts add check (length(title) < 5000) not valid`,
  },
  { what: 'an audit trigger that sleeps', sql: 'alter table contacts disable trigger audit' },
  { what: 'foreign keys that sleep', sql: 'alter table notes disable trigger all' },
  {
    what: 'an index that broke off',
    sql: `set local allow_system_table_mods = on;
      update pg_index set indisvalid = false where indexrelid = 'public.contacts_email'::regclass`,
  },
]);
