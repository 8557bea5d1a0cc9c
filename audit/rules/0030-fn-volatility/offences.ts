import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'an IMMUTABLE company', sql: 'alter function app.cid() immutable' },
  { what: 'a VOLATILE company', sql: 'alter function app.cid() volatile' },
  { what: 'an IMMUTABLE user', sql: 'alter function app.uid() immutable' },
]);
