import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'a check that is true', sql: 'alter policy tenant on contacts with check (true)' },
  {
    what: 'a visibility that does not check what is written',
    sql: 'alter policy visibility on contacts with check (true)',
  },
]);
