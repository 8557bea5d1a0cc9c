set local role bulkhead_owner;

-- Made by the probe to attack and be attacked, and deleted when it ends. The app cannot set it.
alter table companies add column is_canary boolean not null default false;

-- Runs of the probe over this installation: asked for by the platform's staff, nightly, or by the command. Only the newest keep
-- their report.
create table probe_runs (
  id uuid primary key default app.uuid7(),
  reason text not null check (reason in ('asked', 'nightly', 'command')),
  status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'failed')),
  requested_by uuid,
  requested_by_email citext,
  requested_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  -- When its process was last heard: one that is silent for long has died.
  heard_at timestamptz,
  done integer not null default 0,
  total integer not null default 0,
  endpoint text,
  report jsonb,
  error text
);
create index on probe_runs (requested_at desc);
-- What the probe asks of the server that it attacks must not begin a second probe.
create unique index probe_runs_one_at_a_time on probe_runs ((true)) where status in ('waiting', 'running');

create table probe_schedule (
  only_one boolean primary key default true check (only_one),
  nightly boolean not null default false,
  hour integer not null default 3 check (hour between 0 and 23),
  since timestamptz not null default now()
);
insert into probe_schedule default values;
reset role;

set local role bulkhead_gate;

create function gate.platform_probe_runs(session uuid, wanted uuid, most integer)
returns table (id uuid, reason text, status text, requested_by_email text, requested_at timestamptz, started_at timestamptz,
  finished_at timestamptz, done integer, total integer, endpoint text, error text, stopped text, leaked integer, held integer,
  not_reached integer, not_applicable integer, requests integer, has_report boolean)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query
    select r.id, r.reason, r.status, r.requested_by_email::text, r.requested_at, r.started_at, r.finished_at, r.done, r.total,
      r.endpoint, r.error, r.report ->> 'stopped', (c ->> 'leaked')::integer, (c ->> 'held')::integer,
      (c ->> 'not reached')::integer, (c ->> 'not applicable')::integer, (r.report ->> 'requests')::integer, r.report ? 'cells'
    from probe_runs r cross join lateral (select r.report -> 'counts' as c) counts
    where wanted is null or r.id = wanted
    order by r.requested_at desc
    limit most;
end $$;

create function gate.platform_probe_report(session uuid, wanted uuid) returns table (report jsonb)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query select r.report from probe_runs r where r.id = wanted and r.report ? 'cells';
end $$;

create function gate.platform_ask_probe(session uuid) returns table (id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  actor record;
  asked uuid;
begin
  select * into actor from gate.platform_actor(session);
  insert into probe_runs (reason, requested_by, requested_by_email) values ('asked', actor.id, actor.email)
  on conflict do nothing returning probe_runs.id into asked;
  if asked is null then raise exception 'A probe is under way already.' using errcode = 'BH409'; end if;
  perform gate.platform_log(session, 'probe_asked', null, null, jsonb_build_object('run', asked));
  return query select asked;
end $$;

create function gate.platform_probe_schedule(session uuid) returns table (nightly boolean, hour integer)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query select s.nightly, s.hour from probe_schedule s;
end $$;

-- Only what is switched on anew, or for another hour, waits for its next hour.
create function gate.platform_schedule_probe(session uuid, wanted boolean, at_hour integer) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  update probe_schedule set nightly = wanted, hour = at_hour, since = now()
  where nightly is distinct from wanted or hour is distinct from at_hour;
  if found then
    perform gate.platform_log(session, 'probe_scheduled', null, null, jsonb_build_object('nightly', wanted, 'hour', at_hour));
  end if;
end $$;

-- What the worker does: takes what was asked for or is due, tells how far it is, and what came of it.
create function gate.claim_probe() returns table (run_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update probe_runs r set status = 'failed', finished_at = now(), error = 'The command that ran it died.'
  where r.status = 'running' and r.reason = 'command' and r.heard_at < now() - interval '2 minutes';
  insert into probe_runs (reason)
  select 'nightly' from probe_schedule s
  cross join lateral (select date_trunc('day', now() at time zone 'UTC' - make_interval(hours => s.hour))
    at time zone 'UTC' + make_interval(hours => s.hour)) last (due)
  where s.nightly and s.since <= last.due
    and not exists (select from probe_runs r where r.requested_at >= last.due and r.reason <> 'command')
  on conflict do nothing;
  return query
    update probe_runs r set status = 'running', started_at = now(), heard_at = now(), done = 0, total = 0, endpoint = null
    where r.id = (
      select w.id from probe_runs w
      where w.status = 'waiting'
        or (w.status = 'running' and w.reason <> 'command' and w.heard_at < now() - interval '2 minutes')
      for update skip locked limit 1)
    returning r.id;
end $$;

create function gate.begin_probe() returns table (run_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  begun uuid;
begin
  update probe_runs r set status = 'failed', finished_at = now(), error = 'The command that ran it died.'
  where r.status = 'running' and r.reason = 'command' and r.heard_at < now() - interval '2 minutes';
  insert into probe_runs (reason, status, started_at, heard_at) values ('command', 'running', now(), now())
  on conflict do nothing returning probe_runs.id into begun;
  return query select begun where begun is not null;
end $$;

create function gate.tell_probe(run uuid, so_far integer, of integer, at text) returns void
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$ update probe_runs r set done = so_far, total = of, endpoint = at, heard_at = now() where r.id = run and r.status = 'running' $$;

-- A run of a part, by the command, made no report and did not fail: nothing is kept of it.
create function gate.end_probe(run uuid, made jsonb, why text) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if made is null and why is null then
    delete from probe_runs r where r.id = run and r.reason = 'command' and r.status = 'running';
    return;
  end if;
  update probe_runs r set report = r.report - 'cells' - 'endpoints'
  where r.report ? 'cells' and r.id not in (
    select k.id from probe_runs k where k.report ? 'cells' order by k.finished_at desc limit 9);
  update probe_runs r set status = case when made is null then 'failed' else 'done' end, finished_at = now(), report = made,
    error = why, endpoint = null
  where r.id = run and r.status = 'running';
end $$;

-- Companies of the probe are nobody's customers: they are found by their id alone.
create or replace function gate.platform_companies(session uuid, wanted uuid, wanted_status text, search text,
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
      and (not c.is_canary or wanted is not null)
      and (case when wanted_status is null then c.status <> 'deleted' else c.status = wanted_status end or wanted is not null)
      and (search is null or strpos(lower(c.name), lower(search)) > 0)
      and (before is null or (c.created_at, c.id) < (before, before_id))
    order by c.created_at desc, c.id desc
    limit most;
end $$;

create or replace function gate.platform_figures(session uuid)
returns table (companies bigint, active_companies bigint, suspended_companies bigint, deleted_companies bigint,
  trials bigint, trials_ending_soon bigint, new_companies_30_days bigint, users bigint, users_active_7_days bigint,
  contacts bigint, deals bigint, open_actings bigint)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  canaries uuid[] := array(select c.id from companies c where c.is_canary);
begin
  perform gate.platform_actor(session);
  return query
    select count(*) filter (where c.status <> 'deleted'), count(*) filter (where c.status = 'active'),
      count(*) filter (where c.status = 'suspended'), count(*) filter (where c.status = 'deleted'),
      count(*) filter (where c.status = 'active' and c.subscription_status = 'trialing'),
      count(*) filter (where c.status = 'active' and c.subscription_status = 'trialing'
        and c.trial_ends_at between now() and now() + interval '7 days'),
      count(*) filter (where c.status <> 'deleted' and c.created_at > now() - interval '30 days'),
      (select count(*) from users u where u.status = 'active' and u.company_id <> all (canaries)),
      (select count(distinct s.user_id) from sessions s
       where s.last_activity_at > now() - interval '7 days' and s.company_id <> all (canaries)),
      (select count(*) from contacts x where x.deleted_at is null and x.company_id <> all (canaries)),
      (select count(*) from deals x where x.deleted_at is null and x.company_id <> all (canaries)),
      (select count(*) from sessions s where s.acting_admin_id is not null and s.revoked_at is null
        and s.expires_at > now() and s.company_id <> all (canaries))
    from companies c
    where not c.is_canary;
end $$;

revoke execute on function gate.platform_probe_runs, gate.platform_probe_report, gate.platform_ask_probe,
  gate.platform_probe_schedule, gate.platform_schedule_probe, gate.claim_probe, gate.begin_probe, gate.tell_probe,
  gate.end_probe from public;
grant execute on function gate.platform_probe_runs, gate.platform_probe_report, gate.platform_ask_probe,
  gate.platform_probe_schedule, gate.platform_schedule_probe to bulkhead_app;
grant execute on function gate.claim_probe, gate.begin_probe, gate.tell_probe, gate.end_probe to bulkhead_jobs;
reset role;
