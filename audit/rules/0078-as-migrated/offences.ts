import { asGate, asOwner, defineOffences } from '../../mutation/offence.ts';

const pinned = 'set search_path = pg_catalog, public, pg_temp';

export default defineOffences([
  {
    what: 'a gate that counts the deals of every company',
    sql: asGate(`create or replace function gate.deals_in_stage(stage uuid) returns bigint language sql stable security definer ${pinned}
      as 'select count(*) from deals d where d.stage_id = stage and d.deleted_at is null'`),
    byPerson: true,
  },
  {
    what: 'a gate that takes the company from its caller',
    sql: `do $$ begin execute replace(pg_get_functiondef('gate.search_contacts'::regproc), 'app.cid()', 'coalesce(app.cid(), company_id)'); end $$`,
    byPerson: true,
  },
  {
    what: 'a gate that sets whose records are seen',
    sql: `alter function gate.deals_in_stage(uuid) set app.owners = '*'`,
    byPerson: true,
  },
  {
    what: 'a visibility that sees everything',
    sql: asOwner(`create or replace function app.sees(owner uuid, private_to uuid) returns boolean
      language sql stable parallel safe as 'select true'`),
    byPerson: true,
  },
  {
    what: 'a function of policies that no migration makes',
    sql: asOwner(`create function app.sees_all() returns boolean language sql stable parallel safe as 'select true'`),
  },
  {
    what: 'an app that takes audits from the worker',
    sql: 'grant execute on function gate.claim_audit to bulkhead_app',
  },
  { what: 'an app that says what an audit found', sql: 'grant execute on function gate.end_audit to bulkhead_app' },
  {
    what: 'an app that takes the jobs of every company',
    sql: 'grant execute on function gate.claim_jobs to bulkhead_app',
  },
  {
    what: 'a gate that the app may hand on',
    sql: 'grant execute on function gate.deals_in_stage to bulkhead_app with grant option',
  },
]);
