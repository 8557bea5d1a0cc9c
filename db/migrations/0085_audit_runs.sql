set local role bulkhead_owner;

-- Runs of the auditor: asked for by the platform's staff, or nightly. Only the newest keep their report.
create table audit_runs (
  id uuid primary key default app.uuid7(),
  reason text not null check (reason in ('asked', 'nightly')),
  status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'failed')),
  requested_by uuid,
  requested_by_email citext,
  requested_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  -- When its worker was last heard: one that is silent for long has died.
  heard_at timestamptz,
  done integer not null default 0,
  total integer not null default 0,
  rule text,
  report jsonb,
  error text
);
create index on audit_runs (requested_at desc);
create unique index audit_runs_one_at_a_time on audit_runs ((true)) where status in ('waiting', 'running');

create table audit_schedule (
  only_one boolean primary key default true check (only_one),
  nightly boolean not null default true,
  hour integer not null default 2 check (hour between 0 and 23),
  -- Before it nothing was due: an installation's first night is the next one.
  since timestamptz not null default now()
);
insert into audit_schedule default values;
reset role;

set local role bulkhead_gate;

create function gate.platform_audit_runs(session uuid, wanted uuid, most integer)
returns table (id uuid, reason text, status text, requested_by_email text, requested_at timestamptz, started_at timestamptz,
  finished_at timestamptz, done integer, total integer, rule text, error text, verdict text, percent integer, checks integer,
  passed integer, failed integer, waived integer, not_checked integer, has_report boolean)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query
    select r.id, r.reason, r.status, r.requested_by_email::text, r.requested_at, r.started_at, r.finished_at, r.done, r.total,
      r.rule, r.error, s ->> 'verdict', (s ->> 'percent')::integer, (s ->> 'checks')::integer, (s ->> 'passed')::integer,
      (s ->> 'failed')::integer, (s ->> 'waived')::integer, (s ->> 'notChecked')::integer, r.report ? 'outcomes'
    from audit_runs r cross join lateral (select r.report -> 'score' as s) score
    where wanted is null or r.id = wanted
    order by r.requested_at desc
    limit most;
end $$;

create function gate.platform_audit_report(session uuid, wanted uuid) returns table (report jsonb)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query select r.report from audit_runs r where r.id = wanted and r.report ? 'outcomes';
end $$;

create function gate.platform_ask_audit(session uuid) returns table (id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  actor record;
  asked uuid;
begin
  select * into actor from gate.platform_actor(session);
  insert into audit_runs (reason, requested_by, requested_by_email) values ('asked', actor.id, actor.email)
  on conflict do nothing returning audit_runs.id into asked;
  if asked is null then raise exception 'An audit is under way already.' using errcode = 'BH409'; end if;
  perform gate.platform_log(session, 'audit_asked', null, null, jsonb_build_object('run', asked));
  return query select asked;
end $$;

create function gate.platform_audit_schedule(session uuid) returns table (nightly boolean, hour integer)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query select s.nightly, s.hour from audit_schedule s;
end $$;

create function gate.platform_schedule_audit(session uuid, wanted boolean, at_hour integer) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  update audit_schedule set nightly = wanted, hour = at_hour;
  perform gate.platform_log(session, 'audit_scheduled', null, null, jsonb_build_object('nightly', wanted, 'hour', at_hour));
end $$;

-- The last run as one company may know it: whether each rule holds, and its own rows. Nothing else leaves the table.
create function gate.company_isolation() returns table (run_id uuid, report jsonb)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select r.id, jsonb_build_object(
    'format', r.report -> 'format', 'startedAt', r.report -> 'startedAt', 'finishedAt', r.report -> 'finishedAt',
    'database', (r.report -> 'database') || '{"name": ""}', 'waivers', '{"expired": [], "unmatched": []}'::jsonb,
    'score', (r.report -> 'score') || '{"findings": {"critical": 0, "high": 0, "medium": 0, "low": 0}}',
    'outcomes', (
      select jsonb_agg(jsonb_build_object('rule', o -> 'rule', 'outcome', o -> 'outcome', 'findings', '[]'::jsonb,
        'milliseconds', o -> 'milliseconds') order by n)
      from jsonb_array_elements(r.report -> 'outcomes') with ordinality each (o, n)),
    'distribution', (
      select coalesce(jsonb_agg(jsonb_build_object('table', d -> 'table',
        'rows', jsonb_build_object(app.cid(), d -> 'rows' -> app.cid()::text)) order by n), '[]')
      from jsonb_array_elements(r.report -> 'distribution') with ordinality each (d, n)
      where d -> 'rows' ? app.cid()::text))
  from audit_runs r
  where app.cid() is not null and r.status = 'done' and r.report ? 'outcomes'
  order by r.finished_at desc
  limit 1
$$;

-- What the worker does: takes what was asked for or is due, tells how far it is, and what came of it.
create function gate.claim_audit() returns table (run_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into audit_runs (reason)
  select 'nightly' from audit_schedule s
  cross join lateral (select date_trunc('day', now() at time zone 'UTC' - make_interval(hours => s.hour))
    at time zone 'UTC' + make_interval(hours => s.hour)) last (due)
  where s.nightly and s.since <= last.due and not exists (select from audit_runs r where r.requested_at >= last.due)
  on conflict do nothing;
  return query
    update audit_runs r set status = 'running', started_at = now(), heard_at = now(), done = 0, total = 0, rule = null
    where r.id = (
      select w.id from audit_runs w
      where w.status = 'waiting' or (w.status = 'running' and w.heard_at < now() - interval '2 minutes')
      for update skip locked limit 1)
    returning r.id;
end $$;

create function gate.tell_audit(run uuid, so_far integer, of integer, at text) returns void
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$ update audit_runs r set done = so_far, total = of, rule = at, heard_at = now() where r.id = run and r.status = 'running' $$;

create function gate.end_audit(run uuid, made jsonb, why text) returns void
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  update audit_runs r set report = jsonb_build_object('score', r.report -> 'score')
  where r.report ? 'outcomes' and r.id not in (
    select k.id from audit_runs k where k.report ? 'outcomes' order by k.finished_at desc limit 29);
  update audit_runs r set status = case when made is null then 'failed' else 'done' end, finished_at = now(), report = made,
    error = why, rule = null
  where r.id = run and r.status = 'running'
$$;

revoke execute on function gate.platform_audit_runs, gate.platform_audit_report, gate.platform_ask_audit,
  gate.platform_audit_schedule, gate.platform_schedule_audit, gate.company_isolation, gate.claim_audit, gate.tell_audit,
  gate.end_audit from public;
grant execute on function gate.platform_audit_runs, gate.platform_audit_report, gate.platform_ask_audit,
  gate.platform_audit_schedule, gate.platform_schedule_audit, gate.company_isolation to bulkhead_app;
grant execute on function gate.claim_audit, gate.tell_audit, gate.end_audit to bulkhead_jobs;
reset role;
