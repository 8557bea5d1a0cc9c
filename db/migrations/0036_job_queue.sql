set local role bulkhead_gate;

-- What the worker may do: take due jobs of any company, and say how each ended. bulkhead_jobs calls these functions
-- and can do nothing else: it reads no table. A worker that lost its lease no longer decides about the job.

-- Up to `wanted` jobs, one company after the other in a circle that begins behind the company served last, so that a
-- company with 100,000 waiting jobs and one with a single job get the same turns; none gets more than `slots` at once.
create function gate.claim_jobs(claimer uuid, wanted integer, slots integer, lease_seconds integer, after_company uuid)
returns table (company_id uuid, id uuid, name text, payload jsonb, user_id uuid, owners text, origin jsonb,
  attempts integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  origin_of_circle constant uuid := coalesce(after_company, '00000000-0000-0000-0000-000000000000');
  at uuid;
  here uuid;
  taken integer := 0;
  taken_before integer;
  wrapped boolean;
begin
  -- One claim at a time, so that slots are counted right; it lasts a millisecond.
  perform pg_advisory_xact_lock(7211860302);

  update jobs j set status = 'waiting'
  from (select s.company_id, s.id from jobs s where s.status = 'scheduled' and s.run_at <= now()
    order by s.run_at limit 500 for update skip locked) due
  where j.company_id = due.company_id and j.id = due.id;

  loop
    taken_before := taken;
    at := origin_of_circle;
    wrapped := false;
    loop
      exit when taken >= wanted;
      select w.company_id into here from jobs w
      where w.status = 'waiting' and w.company_id > at order by w.company_id limit 1;
      if here is null then
        exit when wrapped;
        wrapped := true;
        at := '00000000-0000-0000-0000-000000000000';
        continue;
      end if;
      exit when wrapped and here > origin_of_circle;
      at := here;
      continue when (select count(*) from jobs r where r.company_id = here and r.status = 'running') >= slots;
      -- What a suspended company has waiting stays there until it is reinstated.
      continue when exists (select from companies c where c.id = here and c.status = 'suspended');
      return query
        update jobs j set status = 'running', attempts = j.attempts + 1, worker = claimer,
          leased_until = now() + make_interval(secs => lease_seconds)
        where j.company_id = here and j.id = (
          select w.id from jobs w where w.company_id = here and w.status = 'waiting'
          order by w.priority, w.run_at, w.id limit 1 for update skip locked)
        returning j.company_id, j.id, j.name, j.payload, j.user_id, j.owners, j.origin,
          j.attempts::integer;
      if found then taken := taken + 1; end if;
    end loop;
    exit when taken >= wanted or taken = taken_before;
  end loop;
end $$;

create function gate.finish_job(claimer uuid, company uuid, job uuid) returns boolean
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  with ended as (
    delete from jobs where company_id = company and id = job and status = 'running' and worker = claimer returning 1)
  select exists (select from ended)
$$;

-- A job that ended without success: back in the line (at once when it is due, else at run_at), or, when it has had all
-- its attempts, kept as failed, and the company's admins are told. A newer job with the same key makes it pointless.
create function gate.put_back_job(company uuid, job uuid, due timestamptz, error text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  ended jobs;
begin
  update jobs j set worker = null, leased_until = null, last_error = left(error, 2000), run_at = due,
    status = case when j.attempts >= j.max_attempts then 'failed' when due > now() then 'scheduled' else 'waiting' end
  where j.company_id = company and j.id = job
  returning * into ended;
  if ended.status = 'failed' then
    insert into notifications (company_id, user_id, title, message, type, link)
    select company, u.id, 'Background work failed', 'The job ' || ended.name || ' failed ' || ended.attempts
      || ' times and is not tried again by itself.', 'error', '/settings/jobs'
    from users u
    where u.company_id = company and u.user_role = 'company_admin' and u.status = 'active';
  end if;
  return ended.status;
exception when unique_violation then
  delete from jobs where company_id = company and id = job;
  return 'superseded';
end $$;

-- With a delay that grows with each attempt: 3 s, 7 s, 20 s, 55 s, 2 min ... 2 h or so.
create function gate.fail_job(claimer uuid, company uuid, job uuid, error text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tried integer;
begin
  select attempts into tried from jobs
  where company_id = company and id = job and status = 'running' and worker = claimer for update;
  if not found then return 'lost'; end if;
  return gate.put_back_job(company, job,
    now() + make_interval(secs => exp(least(tried, 9)) * (0.8 + random() * 0.4)), error);
end $$;

-- A stopping worker hands back what it had not finished, as if it had not been tried.
create function gate.release_job(claimer uuid, company uuid, job uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update jobs set status = 'waiting', worker = null, leased_until = null, attempts = attempts - 1
  where company_id = company and id = job and status = 'running' and worker = claimer;
exception when unique_violation then
  delete from jobs where company_id = company and id = job;
end $$;

create function gate.renew_jobs(claimer uuid, lease_seconds integer, held jsonb) returns integer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  renewed integer;
begin
  update jobs j set leased_until = now() + make_interval(secs => lease_seconds)
  from jsonb_to_recordset(held) as h (company_id uuid, id uuid)
  where j.company_id = h.company_id and j.id = h.id and j.status = 'running' and j.worker = claimer;
  get diagnostics renewed = row_count;
  return renewed;
end $$;

-- Jobs whose worker died (kill -9, a crash, a lost network) go back to the line at once; the attempt counts. A worker
-- that is only late with renewing, because something keeps it busy, still has its sessions, and gets a minute more.
create function gate.recover_jobs() returns integer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  dead record;
  recovered integer := 0;
begin
  for dead in
    select j.company_id, j.id, j.run_at from jobs j
    where j.status = 'running' and j.leased_until < now()
      and (j.leased_until < now() - interval '1 minute' or not exists (
        select from pg_stat_activity a where a.application_name = 'bulkhead worker ' || j.worker))
    for update skip locked
  loop
    perform gate.put_back_job(dead.company_id, dead.id, dead.run_at, 'The worker died in the middle of it.');
    recovered := recovered + 1;
  end loop;
  return recovered;
end $$;

grant usage on schema gate to bulkhead_jobs;
revoke execute on function gate.claim_jobs, gate.finish_job, gate.fail_job, gate.release_job, gate.renew_jobs,
  gate.recover_jobs, gate.put_back_job from public;
grant execute on function gate.claim_jobs, gate.finish_job, gate.fail_job, gate.release_job, gate.renew_jobs,
  gate.recover_jobs to bulkhead_jobs;
reset role;
