import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a definer function whose caller picks what its names mean',
    sql: 'alter function gate.session_state(uuid, uuid) reset search_path',
    also: [78],
  },
  {
    what: 'a definer function that looks among temporary tables first',
    sql: 'alter function gate.session_state(uuid, uuid) set search_path = pg_temp, public',
    also: [78],
  },
]);
