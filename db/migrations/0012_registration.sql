set local role bulkhead_gate;

-- The pipeline that every company starts with; the app may not call it by itself.
create function gate.add_default_pipeline(company uuid) returns uuid
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  with pipeline as (
    insert into pipelines (company_id, name, is_default) values (company, 'Sales', true) returning id
  ), stages as (
    insert into pipeline_stages (company_id, pipeline_id, name, order_index, probability, is_closed, is_won)
    select company, pipeline.id, s.name, s.place, s.probability, s.closed, s.won
    from pipeline, (values
      ('Lead', 0, 10, false, false),
      ('Qualified', 1, 25, false, false),
      ('Proposal', 2, 50, false, false),
      ('Negotiation', 3, 75, false, false),
      ('Won', 4, 100, true, true),
      ('Lost', 5, 0, true, false)
    ) s (name, place, probability, closed, won)
  )
  select id from pipeline
$$;

-- A company, its admin, its first pipeline, its trial and the admin's session: all of it or nothing.
create function gate.register_company(
  called text, typed text, hash text, first text, last text, telephone text, refresh bytea, device jsonb)
returns table (session_id uuid, company_id uuid, company_name text, user_id uuid, email text, first_name text,
  last_name text, user_role text, trial_ends_at timestamptz)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  company companies;
  admin uuid := app.uuid7();
  i login_identities;
  session uuid;
begin
  insert into companies (name, email, phone, plan, subscription_status, trial_ends_at)
  values (called, typed::citext, telephone, 'trial', 'trialing', now() + interval '14 days')
  returning * into company;
  perform set_config('app.user_id', admin::text, true); -- the admin is who did all this, says the audit log
  insert into users (company_id, id, email, user_role, first_name, last_name, phone)
  values (company.id, admin, typed::citext, 'company_admin', first, last, telephone);
  insert into login_identities (email, company_id, user_id, password_hash)
  values (typed::citext, company.id, admin, hash)
  returning * into i;
  perform gate.add_default_pipeline(company.id);
  perform gate.log_identity(i, 'registered', 'info', 'The company was registered');
  session := gate.new_session(i, refresh, device);
  return query select g.*, company.trial_ends_at from gate.grant_of(company.id, session) g;
end $$;

-- Whether an address can still register: what the form says anyway when it is sent, and no more.
create function gate.email_available(typed text) returns table (available boolean)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$ select not exists (select from login_identities i where i.email = typed::citext) $$;

grant execute on function gate.register_company, gate.email_available to bulkhead_app;
reset role;
