import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: "a table that is a superuser's", sql: 'alter table tags owner to current_user' },
]);
