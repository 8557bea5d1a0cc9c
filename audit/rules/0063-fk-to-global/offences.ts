import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a foreign key to a global table',
    sql: 'alter table sessions add foreign key (acting_admin_id) references login_identities (id)',
    also: [77],
  },
]);
