import { asGate, asOwner, type Defect } from './defect.ts';

const pinned = 'set search_path = pg_catalog, public, pg_temp';
const all = (name: string) => `create function ${name}() returns setof contacts language sql stable security definer
  ${pinned} as 'select * from contacts'; revoke execute on function ${name} from public`;

export const functions: Defect[] = [
  { what: 'a definer function that nobody listed', sql: asGate(all('gate.everybody')), red: [19] },
  { what: "a superuser's definer function", sql: all('public.everybody'), red: [19] },
  {
    what: 'a listed function that is not there',
    sql: 'drop function gate.platform_session_state(uuid)',
    red: [19],
    byPerson: true,
  },
  {
    what: 'a listed function that belongs to a superuser',
    sql: 'alter function gate.session_state(uuid, uuid) owner to current_user',
    red: [19],
  },
  {
    what: 'a definer function whose caller picks what its names mean',
    sql: 'alter function gate.session_state(uuid, uuid) reset search_path',
    red: [20],
  },
  {
    what: 'a definer function that looks among temporary tables first',
    sql: 'alter function gate.session_state(uuid, uuid) set search_path = pg_temp, public',
    red: [20],
  },
  { what: 'an IMMUTABLE company', sql: 'alter function app.cid() immutable', red: [30] },
  { what: 'a VOLATILE company', sql: 'alter function app.cid() volatile', red: [30] },
  { what: 'an IMMUTABLE user', sql: 'alter function app.uid() immutable', red: [30] },
  {
    what: 'a visibility that forbids parallel plans',
    sql: 'alter function app.sees(uuid, uuid) parallel unsafe',
    red: [31],
  },
  {
    what: 'a visibility that no plan dissolves',
    sql: `alter function app.sees(uuid, uuid) set work_mem = '1MB'`,
    red: [32],
  },
  {
    what: 'a visibility in PL/pgSQL',
    sql: asOwner(`create or replace function app.sees(owner uuid, private_to uuid) returns boolean
      language plpgsql stable parallel safe as 'begin return true; end'`),
    red: [32],
    byPerson: true,
  },
  { what: 'a leakproof function', sql: 'alter function app.sees(uuid, uuid) leakproof', red: [33] },
  {
    what: 'a company with a fallback',
    sql: asOwner(`create or replace function app.cid() returns uuid language sql stable parallel safe
      as $$ select coalesce(nullif(current_setting('app.company_id', true), ''), '00000000-0000-7000-8000-000000000001')::uuid $$`),
    red: [69],
  },
];
