import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: "a subscription to somebody else's rows",
    sql: `create subscription partners connection 'dbname=nowhere' publication contacts
      with (connect = false, enabled = false, slot_name = none, create_slot = false)`,
  },
]);
