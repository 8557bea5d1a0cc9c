import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'a log that can be rewritten', sql: 'grant update (description) on audit_logs to bulkhead_app' },
  { what: 'logins that the app reads', sql: 'grant select on login_identities to bulkhead_app', also: [72] },
  { what: 'a company that chooses its plan', sql: 'grant update (plan) on companies to bulkhead_app' },
  { what: 'a job queue that reads contacts', sql: 'grant select on contacts to bulkhead_jobs' },
  { what: 'a right that may be handed on', sql: 'grant select on contacts to bulkhead_app with grant option' },
]);
