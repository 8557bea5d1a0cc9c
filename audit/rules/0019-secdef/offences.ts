import { asGate, defineOffences } from '../../mutation/offence.ts';

const all = (name: string) => `create function ${name}() returns setof contacts language sql stable security definer
  ${pinned} as 'select * from contacts'; revoke execute on function ${name} from public`;

const pinned = 'set search_path = pg_catalog, public, pg_temp';

export default defineOffences([
  { what: 'a definer function that nobody listed', sql: asGate(all('gate.everybody')) },
  {
    what: 'a listed name with other arguments, which answers for every company',
    sql: asGate(`create function gate.notify(reader integer) returns setof text language sql stable security definer ${pinned}
      as 'select email::text from login_identities'; revoke execute on function gate.notify(integer) from public;
      grant execute on function gate.notify(integer) to bulkhead_app`),
  },
  { what: "a superuser's definer function", sql: all('public.everybody') },
  {
    what: 'a listed function that is not there',
    sql: 'drop function gate.platform_session_state(uuid)',
    byPerson: true,
  },
  {
    what: 'a listed function that belongs to a superuser',
    sql: 'alter function gate.session_state(uuid, uuid) owner to current_user',
  },
]);
