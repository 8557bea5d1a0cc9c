import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'an auditor who is bound by policies',
    sql: 'alter role bulkhead_auditor nobypassrls',
    blinds: true,
    also: [35, 36, 37, 58, 71],
  },
  {
    what: 'a table that the auditor cannot read',
    sql: 'revoke select on contacts from bulkhead_auditor',
    blinds: true,
    also: [35, 36, 37],
  },
]);
