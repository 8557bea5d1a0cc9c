-- The queue's own schema belongs to the role that runs it; the app's role has no rights there and enqueues by a gate.
do $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant bulkhead_jobs to %I with set true', current_user);
  end if;
end $$;
create schema if not exists graphile_worker authorization bulkhead_jobs;
grant usage on schema graphile_worker to bulkhead_gate;

-- The queue's tables are made after the migrations, by the queue's own.
set local check_function_bodies = off;
set local role bulkhead_gate;

-- Adds a job in the caller's transaction. Its company, its user and whose records it may see are the caller's: they
-- stand outside the payload, where no caller can write them. A company has two slots, so that its jobs occupy at most
-- two workers, and a company with many waiting stands behind those with few.
create function gate.enqueue(task text, payload jsonb, run_at timestamptz, job_key text, max_attempts int, priority int)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  company uuid := app.cid();
  slot text;
  waiting int;
begin
  if company is null then
    raise exception 'a job needs a company' using errcode = '42501';
  end if;
  slot := company || ':' || (random() * 2)::int % 2;
  select count(*) into waiting
  from (
    select from graphile_worker._private_jobs j
    join graphile_worker._private_job_queues q on q.id = j.job_queue_id
    where q.queue_name = slot
    limit 1000
  ) queued;
  perform graphile_worker.add_job(
    task,
    json_build_object('company', company, 'user', app.uid(),
      'owners', coalesce(nullif(current_setting('app.owners', true), ''), '*'), 'data', payload),
    queue_name => slot,
    run_at => run_at,
    max_attempts => max_attempts,
    job_key => company || ':' || job_key,
    priority => priority + case when waiting >= 1000 then 20 when waiting >= 50 then 10 else 0 end);
end $$;

-- The company's own jobs. What they were given stays inside: it may name records that this caller does not see.
create function gate.company_jobs(most int)
returns table (id bigint, name text, status text, attempts int, max_attempts int, last_error text,
  run_at timestamptz, created_at timestamptz)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select j.id, t.identifier,
    case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed' else 'waiting' end,
    j.attempts, j.max_attempts, left(j.last_error, 500), j.run_at, j.created_at
  from graphile_worker._private_job_queues q
  join graphile_worker._private_jobs j on j.job_queue_id = q.id
  join graphile_worker._private_tasks t on t.id = j.task_id
  where q.queue_name in (app.cid() || ':0', app.cid() || ':1')
  order by j.id desc
  limit most
$$;

create function gate.cancel_job(job bigint) returns setof bigint
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  delete from graphile_worker._private_jobs j
  using graphile_worker._private_job_queues q
  where q.id = j.job_queue_id and j.id = job and j.locked_at is null
    and q.queue_name in (app.cid() || ':0', app.cid() || ':1')
  returning j.id
$$;

-- A job that was scheduled under a key and is no longer wanted. Nothing happens where it runs or ran already.
create function gate.cancel_job_by_key(job_key text) returns setof bigint
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  delete from graphile_worker._private_jobs j
  where j.key = app.cid() || ':' || job_key and j.locked_at is null
  returning j.id
$$;

create function gate.retry_job(job bigint) returns setof bigint
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  update graphile_worker._private_jobs j
  set run_at = now(), attempts = 0, last_error = null
  from graphile_worker._private_job_queues q
  where q.id = j.job_queue_id and j.id = job and j.locked_at is null
    and q.queue_name in (app.cid() || ':0', app.cid() || ':1')
  returning j.id
$$;

revoke execute on function gate.enqueue, gate.company_jobs, gate.cancel_job, gate.cancel_job_by_key, gate.retry_job from public;
grant execute on function gate.enqueue, gate.company_jobs, gate.cancel_job, gate.cancel_job_by_key, gate.retry_job to bulkhead_app;
reset role;
