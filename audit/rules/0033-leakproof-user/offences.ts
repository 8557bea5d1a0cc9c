import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([{ what: 'a leakproof function', sql: 'alter function app.sees(uuid, uuid) leakproof' }]);
