import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'no visibility of private records', sql: 'drop policy visibility on contacts' },
]);
