set local role bulkhead_gate;

-- Deletes what the context's company has no more use for, `most` rows of a kind at a time, oldest or not: how many it was.
-- Only what is over can be named, whatever `keep` says.
create function gate.clean_up(kind text, keep interval, most integer) returns integer
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  company constant uuid := app.cid();
  before constant timestamptz := now() - greatest(keep, interval '0');
  deleted integer;
begin
  case kind
    when 'sessions' then
      delete from sessions where company_id = company and id in (
        select id from sessions where company_id = company and least(expires_at, revoked_at) < before limit most);
    when 'refresh_tokens' then
      delete from refresh_tokens where company_id = company and id in (
        select id from refresh_tokens where company_id = company and expires_at < before limit most);
    when 'password_resets' then
      delete from password_resets where id in (
        select p.id from password_resets p join login_identities i on i.id = p.identity_id
        where i.company_id = company and least(p.expires_at, p.used_at) < before limit most);
    when 'email_changes' then
      delete from email_changes where company_id = company and id in (
        select id from email_changes where company_id = company and least(expires_at, used_at) < before limit most);
    when 'idempotency_keys' then
      delete from idempotency_keys where company_id = company and id in (
        select id from idempotency_keys where company_id = company and created_at < before limit most);
    when 'invitations' then
      delete from invitations where company_id = company and id in (
        select id from invitations
        where company_id = company and coalesce(accepted_at, revoked_at, expires_at) < before limit most);
    when 'jobs' then
      delete from jobs where company_id = company and id in (
        select id from jobs where company_id = company and status = 'failed' and run_at < before limit most);
  end case;
  get diagnostics deleted = row_count;
  return deleted;
end $$;

-- The same for what belongs to no company: the sessions and password resets of super admins.
create function gate.clean_platform(keep interval) returns void
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  delete from platform_sessions where least(expires_at, revoked_at) < now() - greatest(keep, interval '0');
  delete from platform_refresh_tokens where expires_at < now() - greatest(keep, interval '0');
  delete from password_resets p using login_identities i
  where i.id = p.identity_id and i.company_id is null and least(p.expires_at, p.used_at) < now() - greatest(keep, interval '0');
$$;

-- Sees to it that each company has the job for its next night, and says how many were missing. A company's time is its own,
-- within four hours from `hour` (UTC), so that not all clean up at once. Where the last one failed for good, the next one
-- is made all the same.
create function gate.schedule_nightly(job_name text, hour integer) returns integer
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  midnight constant timestamptz := date_trunc('day', now(), 'UTC');
  made integer;
begin
  insert into jobs (company_id, name, user_id, owners, key, status, priority, run_at, max_attempts)
  select c.id, job_name, null, '*', 'nightly ' || job_name, 'scheduled', 9,
    at.tonight + case when at.tonight <= now() then interval '24 hours' else interval '0' end, 3
  from companies c
  cross join lateral (select midnight + make_interval(hours => hour, secs => abs(hashtext(c.id::text) % 14400)) as tonight) at
  where c.status <> 'deleted' and not exists (
    select from jobs j where j.company_id = c.id and j.key = 'nightly ' || job_name and j.status <> 'failed')
  on conflict (company_id, key) where status in ('scheduled', 'waiting') do nothing;
  get diagnostics made = row_count;
  return made;
end $$;

revoke execute on function gate.clean_up, gate.clean_platform, gate.schedule_nightly from public;
grant execute on function gate.clean_up to bulkhead_app;
grant execute on function gate.clean_platform, gate.schedule_nightly to bulkhead_jobs;
reset role;
