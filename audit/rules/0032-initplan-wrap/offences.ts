import { asOwner, defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a visibility that no plan dissolves',
    sql: `alter function app.sees(uuid, uuid) set work_mem = '1MB'`,
    also: [78],
  },
  {
    what: 'a visibility in PL/pgSQL',
    sql: asOwner(`create or replace function app.sees(owner uuid, private_to uuid) returns boolean
      language plpgsql stable parallel safe as 'begin return true; end'`),
    also: [78],
    byPerson: true,
  },
]);
