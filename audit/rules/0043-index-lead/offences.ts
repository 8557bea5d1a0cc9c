import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'an index without the company', sql: 'create index everybody on contacts (title)' },
]);
