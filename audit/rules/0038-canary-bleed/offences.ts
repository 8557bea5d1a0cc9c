import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: "another company's own text in a row",
    sql: `update contacts set last_name = 'canary of a' where id = (select id from contacts limit 1)`,
    promise: { canaries: { '00000000-0000-7000-8000-00000000000a': ['canary of a'] } },
    byPerson: true,
  },
]);
