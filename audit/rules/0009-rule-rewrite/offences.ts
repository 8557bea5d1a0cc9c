import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'a rewrite rule', sql: 'create rule keep as on delete to saved_views do instead nothing' },
]);
