set local role bulkhead_owner;
alter table companies add column deleted_at timestamptz;
create index companies_newest on companies (created_at desc, id desc);
create index sessions_acting on sessions (company_id, created_at desc, id desc) where acting_admin_id is not null;
reset role;

set local role bulkhead_gate;

-- Parts of the functions below; the app may not call them.

-- Every platform function asks for the caller's own session: it holds even where a route forgot its scope.
create function gate.platform_actor(session uuid) returns table (id uuid, email citext)
language plpgsql stable
set search_path = pg_catalog, public, pg_temp
as $$
begin
  return query
    select i.id, i.email from platform_sessions s join login_identities i on i.id = s.identity_id
    where s.id = session and s.revoked_at is null and s.expires_at > now() and i.is_super_admin;
  if not found then raise exception 'Please log in' using errcode = 'BH401'; end if;
end $$;

create function gate.platform_log(session uuid, what text, company uuid, why text, more jsonb default '{}') returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  insert into platform_audit (actor_id, actor_email, action, about_company_id, reason, details, ip_address)
  select a.id, a.email, what, company, why, more, (nullif(current_setting('app.request', true), '')::jsonb ->> 'ip')::inet
  from gate.platform_actor(session) a
$$;

create function gate.platform_companies(session uuid, wanted uuid, wanted_status text, search text,
  before timestamptz, before_id uuid, most integer)
returns table (id uuid, name text, status text, plan text, email text, domain text, subscription_status text,
  trial_ends_at timestamptz, suspended_reason text, deleted_at timestamptz, created_at timestamptz,
  users bigint, active_users bigint, contacts bigint, deals bigint, last_activity_at timestamptz)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query
    select c.id, c.name, c.status, c.plan, c.email::text, c.domain::text, c.subscription_status,
      c.trial_ends_at, c.suspended_reason, c.deleted_at, c.created_at, p.users, p.active_users,
      (select count(*) from contacts x where x.company_id = c.id and x.deleted_at is null),
      (select count(*) from deals x where x.company_id = c.id and x.deleted_at is null),
      (select max(s.last_activity_at) from sessions s where s.company_id = c.id and s.user_id is not null)
    from companies c
    cross join lateral (
      select count(*) as users, count(*) filter (where u.status = 'active') as active_users
      from users u where u.company_id = c.id and u.status <> 'deleted') p
    where (wanted is null or c.id = wanted)
      and (case when wanted_status is null then c.status <> 'deleted' else c.status = wanted_status end or wanted is not null)
      and (search is null or strpos(lower(c.name), lower(search)) > 0)
      and (before is null or (c.created_at, c.id) < (before, before_id))
    order by c.created_at desc, c.id desc
    limit most;
end $$;

create function gate.platform_figures(session uuid)
returns table (companies bigint, active_companies bigint, suspended_companies bigint, deleted_companies bigint,
  trials bigint, trials_ending_soon bigint, new_companies_30_days bigint, users bigint, users_active_7_days bigint,
  contacts bigint, deals bigint, open_actings bigint)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query
    select count(*) filter (where c.status <> 'deleted'), count(*) filter (where c.status = 'active'),
      count(*) filter (where c.status = 'suspended'), count(*) filter (where c.status = 'deleted'),
      count(*) filter (where c.status = 'active' and c.subscription_status = 'trialing'),
      count(*) filter (where c.status = 'active' and c.subscription_status = 'trialing'
        and c.trial_ends_at between now() and now() + interval '7 days'),
      count(*) filter (where c.status <> 'deleted' and c.created_at > now() - interval '30 days'),
      (select count(*) from users u where u.status = 'active'),
      (select count(distinct s.user_id) from sessions s where s.last_activity_at > now() - interval '7 days'),
      (select count(*) from contacts x where x.deleted_at is null),
      (select count(*) from deals x where x.deleted_at is null),
      (select count(*) from sessions s
       where s.acting_admin_id is not null and s.revoked_at is null and s.expires_at > now())
    from companies c;
end $$;

-- Suspends, reinstates or deletes. A deleted company is unreachable at once; its rows go later (purge_company).
create function gate.platform_set_status(session uuid, company uuid, wanted text, why text) returns table (status text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  former text;
begin
  perform gate.platform_actor(session);
  select c.status into former from companies c where c.id = company for update;
  if not found or (wanted = 'deleted' and former = 'deleted') or (wanted = 'suspended' and former = 'deleted') then
    raise exception 'no such company' using errcode = 'BH404';
  end if;
  if former = wanted then
    raise exception 'The company is % already.', wanted using errcode = 'BH409';
  end if;
  update companies c set status = wanted, suspended_reason = case when wanted = 'suspended' then why end,
    deleted_at = case when wanted = 'deleted' then now() end
  where c.id = company;
  if wanted <> 'active' then
    update sessions s set revoked_at = now(), revoked_reason = wanted
    where s.company_id = company and s.revoked_at is null and (wanted = 'deleted' or s.acting_admin_id is not null);
  end if;
  if wanted = 'deleted' then
    -- A week to think again; its rows go then.
    perform set_config('app.company_id', company::text, true);
    perform gate.enqueue('companies.purge', '{}', now() + interval '7 days 1 hour', 'purge', 25, 0);
  end if;
  perform gate.platform_log(session,
    case wanted when 'active' then 'reinstated' else wanted end, company, why, jsonb_build_object('before', former));
  return query select wanted;
end $$;

-- A session in the company, without a user: short, with a reason, told to the company where its admins look.
create function gate.platform_act(session uuid, company uuid, why text, minutes integer, ip inet, agent text)
returns table (session_id uuid, expires_at timestamptz, company_name text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  actor record;
  target companies;
  made uuid;
  until timestamptz := now() + make_interval(mins => least(greatest(minutes, 1), 60));
begin
  select * into actor from gate.platform_actor(session);
  select * into target from companies c where c.id = company and c.status <> 'deleted';
  if not found then raise exception 'no such company' using errcode = 'BH404'; end if;
  if target.status = 'suspended' then
    raise exception 'The company is suspended: reinstate it first.' using errcode = 'BH409';
  end if;
  insert into sessions (company_id, acting_admin_id, acting_admin_email, acting_reason, ip_address, user_agent, expires_at)
  values (company, actor.id, actor.email, why, ip, agent, until)
  returning sessions.id into made;
  insert into security_logs (company_id, event_type, severity, user_email, description, details, ip_address, user_agent)
  values (company, 'acting_started', 'warning', actor.email, why,
    jsonb_build_object('session_id', made, 'until', until), ip, agent);
  insert into notifications (company_id, user_id, type, title, message)
  select company, u.id, 'warning', 'The platform''s staff acts for your company',
    actor.email || ' acts for your company until ' || to_char(until at time zone 'UTC', 'HH24:MI') || ' UTC: ' || why
  from users u where u.company_id = company and u.user_role = 'company_admin' and u.status = 'active';
  perform gate.platform_log(session, 'acting_started', company, why, jsonb_build_object('session_id', made, 'until', until));
  return query select made, until, target.name;
end $$;

create function gate.acting_has_ended(company uuid, ended uuid, how text) returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  with over as (
    update sessions s set revoked_at = now(), revoked_reason = how
    where s.company_id = company and s.id = ended and s.acting_admin_id is not null and s.revoked_at is null
    returning s.*
  ), told as (
    insert into security_logs (company_id, event_type, user_email, description, details)
    select o.company_id, 'acting_ended', o.acting_admin_email, o.acting_reason, jsonb_build_object('session_id', o.id)
    from over o
  )
  insert into platform_audit (actor_id, actor_email, action, about_company_id, reason, details)
  select o.acting_admin_id, o.acting_admin_email, 'acting_ended', o.company_id, o.acting_reason,
    jsonb_build_object('session_id', o.id)
  from over o
$$;

-- A super admin ends all their own; returns which, so that the server forgets them.
create function gate.platform_end_acting(session uuid) returns table (session_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  open record;
begin
  for open in
    select s.company_id, s.id from sessions s join gate.platform_actor(session) a on a.id = s.acting_admin_id
    where s.revoked_at is null and s.expires_at > now()
  loop
    perform gate.acting_has_ended(open.company_id, open.id, 'ended');
    session_id := open.id;
    return next;
  end loop;
end $$;

-- Who acts ends the session that they act in.
create function gate.end_acting(acting uuid) returns void
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$ select gate.acting_has_ended(app.cid(), acting, 'ended') $$;

create function gate.platform_audit_page(session uuid, company uuid, before uuid, most integer)
returns table (id uuid, actor_id uuid, actor_email text, action text, about_company_id uuid, company_name text,
  reason text, details jsonb, ip_address inet, created_at timestamptz)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query
    select p.id, p.actor_id, p.actor_email::text, p.action, p.about_company_id, c.name, p.reason, p.details,
      p.ip_address, p.created_at
    from platform_audit p left join companies c on c.id = p.about_company_id
    where (company is null or p.about_company_id = company) and (before is null or p.id < before)
    order by p.id desc
    limit most;
end $$;

create function gate.platform_me(session uuid) returns table (id uuid, email text, first_name text, last_name text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select i.id, i.email::text, i.first_name, i.last_name
  from gate.platform_actor(session) a join login_identities i on i.id = a.id
$$;

create function gate.platform_rename_me(session uuid, first text, last text) returns void
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  update login_identities i set first_name = coalesce(first, i.first_name), last_name = coalesce(last, i.last_name)
  from gate.platform_actor(session) a where i.id = a.id
$$;

-- Removes all that belongs to the company in whose name it runs, if that was deleted. What may take longer than a
-- request asks for the time first, in a statement of its own: a running statement's limit does not change.
create function gate.take_minutes(minutes integer) returns void
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$ select set_config('statement_timeout', least(greatest(minutes, 1), 60) || 'min', true) $$;

create function gate.purge_company() returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  delete from companies where id = app.cid() and status = 'deleted' and deleted_at < now() - interval '7 days';
  return found;
end $$;

revoke execute on function gate.platform_actor, gate.platform_log, gate.platform_companies, gate.platform_figures,
  gate.platform_set_status, gate.platform_act, gate.acting_has_ended, gate.platform_end_acting, gate.end_acting,
  gate.platform_audit_page, gate.platform_me, gate.platform_rename_me, gate.take_minutes, gate.purge_company from public;
grant execute on function gate.platform_companies, gate.platform_figures, gate.platform_set_status, gate.platform_act,
  gate.platform_end_acting, gate.end_acting, gate.platform_audit_page, gate.platform_me, gate.platform_rename_me,
  gate.take_minutes, gate.purge_company to bulkhead_app;
reset role;
