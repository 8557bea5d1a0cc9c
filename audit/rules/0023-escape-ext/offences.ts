import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'files that the app reads', sql: 'grant execute on function pg_read_file(text) to bulkhead_app' },
]);
