import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'a unique index over all companies', sql: 'create unique index everybody on contacts (id)' },
  { what: 'a unique key over all companies', sql: 'alter table tags add unique (name)' },
  { what: 'an exclusion over all companies', sql: 'alter table saved_views add exclude using btree (name with =)' },
]);
