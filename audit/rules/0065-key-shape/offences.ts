import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'a table without a primary key', sql: 'alter table saved_views drop constraint saved_views_pkey' },
]);
