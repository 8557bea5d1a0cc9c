import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'an old server', sql: 'select', promise: { fixedMinor: { 15: 99, 16: 99, 17: 99, 18: 99 } }, byPerson: true },
]);
