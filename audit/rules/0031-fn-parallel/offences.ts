import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'a visibility that forbids parallel plans', sql: 'alter function app.sees(uuid, uuid) parallel unsafe' },
]);
