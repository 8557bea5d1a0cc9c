set local role bulkhead_owner;

-- Work done later. A row lives from the enqueue to the end of the work; only what failed for good stays.
-- scheduled: not due yet; waiting: due; running: a worker holds it until leased_until.
create table jobs (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  name text not null check (length(name) between 1 and 100),
  payload jsonb not null default '{}',
  -- Who caused it, whose records they see, and from where: for the door of the work, and for the audit log.
  user_id uuid default app.uid(),
  owners text not null default '*',
  origin jsonb,
  key text check (length(key) between 1 and 255),
  status text not null default 'waiting' check (status in ('scheduled', 'waiting', 'running', 'failed')),
  priority smallint not null default 0 check (priority between 0 and 9),
  run_at timestamptz not null default now(),
  attempts smallint not null default 0,
  max_attempts smallint not null default 10 check (max_attempts between 1 and 100),
  last_error text,
  worker uuid,
  leased_until timestamptz,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, user_id) references users (company_id, id) on delete cascade,
  check ((status = 'running') = (worker is not null and leased_until is not null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
create unique index jobs_key on jobs (company_id, key) where status in ('scheduled', 'waiting');
create index jobs_waiting on jobs (company_id, priority, run_at, id) where status = 'waiting';
create index jobs_running on jobs (company_id, leased_until) where status = 'running';
-- The one question that is asked of all companies at once: what has become due?
create unique index jobs_due on jobs (run_at, company_id, id) where status = 'scheduled';

-- A user sees the jobs that they caused, an admin all of the company.
call app.own_by_company('jobs', visible => 'app.sees(user_id, null)', audited => false, writes => 'none');
reset role;

set local role bulkhead_gate;

-- Adds a job in the caller's transaction. Company and user are columns that come from the context: nothing in the
-- payload can stand for them.
create function gate.enqueue(task text, payload jsonb, run_at timestamptz, job_key text, max_attempts integer, priority integer)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  due timestamptz := coalesce(enqueue.run_at, now());
begin
  if app.cid() is null then
    raise exception 'a job needs a company' using errcode = 'insufficient_privilege';
  end if;
  insert into jobs as j (company_id, name, payload, user_id, owners, origin, key, status, priority, run_at, max_attempts)
  values (app.cid(), task, coalesce(enqueue.payload, '{}'), app.uid(),
    coalesce(nullif(current_setting('app.owners', true), ''), '*'), nullif(current_setting('app.request', true), '')::jsonb, job_key,
    case when due > now() then 'scheduled' else 'waiting' end, enqueue.priority, due, enqueue.max_attempts)
  on conflict (company_id, key) where status in ('scheduled', 'waiting') do update set
    name = excluded.name, payload = excluded.payload, user_id = excluded.user_id,
    owners = excluded.owners, origin = excluded.origin,
    status = excluded.status, priority = excluded.priority, run_at = excluded.run_at,
    max_attempts = excluded.max_attempts, attempts = 0, last_error = null;
end $$;

-- A job that was enqueued under a key and is no longer wanted. Nothing happens where it runs or ran already.
create function gate.cancel_job_by_key(job_key text) returns setof uuid
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  delete from jobs
  where company_id = app.cid() and key = job_key and status in ('scheduled', 'waiting')
  returning id
$$;

create function gate.cancel_job(job uuid) returns setof uuid
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  delete from jobs
  where company_id = app.cid() and id = job and status <> 'running' and app.sees(user_id, null)
  returning id
$$;

create function gate.retry_job(job uuid) returns setof uuid
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  return query
    update jobs j set status = 'waiting', attempts = 0, run_at = now()
    where j.company_id = app.cid() and j.id = job and j.status <> 'running' and app.sees(j.user_id, null)
    returning j.id;
end $$;

revoke execute on function gate.enqueue, gate.cancel_job_by_key, gate.cancel_job, gate.retry_job from public;
grant execute on function gate.enqueue, gate.cancel_job_by_key, gate.cancel_job, gate.retry_job to bulkhead_app;
reset role;
