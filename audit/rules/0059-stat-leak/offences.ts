import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: "an app that sees all sessions' statements", sql: 'grant pg_read_all_stats to bulkhead_app', also: [13] },
  { what: 'statistics that the app reads', sql: 'grant select on pg_statistic to bulkhead_app' },
]);
