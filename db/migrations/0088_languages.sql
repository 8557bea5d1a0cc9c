set local role bulkhead_owner;

-- What a company's letters are written in; a colleague who chose another language reads that.
alter table companies add column language text not null default 'en'
  constraint companies_language_check check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' and length(language) <= 10);
grant update (language) on companies to bulkhead_app;

-- What a notification says, so that each reader reads it in their own language and time: title and message are the same
-- in English, for clients that know no such key.
alter table notifications
  add column key text constraint notifications_key_check check (key ~ '^[a-z][a-z_]{0,49}$'),
  add column params jsonb not null default '{}' constraint notifications_params_check check (jsonb_typeof(params) = 'object');

-- Contacts sorted by telephone number, and by the first of their tags. Reading an element of a stored array and comparing
-- text are leakproof, so the policies let an index serve them.
create index contacts_by_phone on contacts (company_id, phone collate "C", id) where deleted_at is null;
create index contacts_by_tag on contacts (company_id, (tags[1]) collate "C", id) where deleted_at is null;
reset role;

set local role bulkhead_gate;

drop function gate.notify(uuid, text, text, text, text);
-- A notification is written for a colleague who alone may read it. The foreign key proves that they are one.
create function gate.notify(reader uuid, headline text, body text, kind text, target text, says text default null,
  about jsonb default '{}')
returns uuid
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  insert into notifications (company_id, user_id, title, message, type, link, key, params)
  values (app.cid(), reader, left(headline, 255), body, coalesce(kind, 'info'), target, says, coalesce(about, '{}'))
  returning id
$$;
revoke execute on function gate.notify from public;
grant execute on function gate.notify to bulkhead_app;

create or replace function gate.remind_of_activity(activity uuid, due timestamptz)
returns table (notification_id uuid, reader uuid)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  it activities;
begin
  update activities a set reminded_at = now()
  where a.company_id = app.cid() and a.id = activity and a.reminder_at = due and a.reminded_at is null
    and a.status = 'pending' and a.deleted_at is null
  returning * into it;
  if found then
    notification_id := gate.notify(it.owner_id, it.subject,
      case when it.due_date is null then 'You asked to be reminded of this.'
        else 'Due ' || to_char(it.due_date at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC' end,
      'info', '/activities/' || it.id,
      case when it.due_date is null then 'reminder' else 'reminder_due' end,
      jsonb_build_object('subject', it.subject, 'due_at', it.due_date));
    reader := it.owner_id;
    return next;
  end if;
end $$;

-- A job that ended without success: back in the line (at once when it is due, else at run_at), or, when it has had all
-- its attempts, kept as failed, and the company's admins are told. A newer job with the same key makes it pointless.
create or replace function gate.put_back_job(company uuid, job uuid, due timestamptz, error text) returns text
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
    insert into notifications (company_id, user_id, title, message, type, link, key, params)
    select company, u.id, 'Background work failed', 'The job ' || ended.name || ' failed ' || ended.attempts
      || ' times and is not tried again by itself.', 'error', '/settings/jobs', 'job_failed',
      jsonb_build_object('job', ended.name, 'attempts', ended.attempts)
    from users u
    where u.company_id = company and u.user_role = 'company_admin' and u.status = 'active';
  end if;
  return ended.status;
exception when unique_violation then
  delete from jobs where company_id = company and id = job;
  return 'superseded';
end $$;

-- A session in the company, without a user: short, with a reason, told to the company where its admins look.
create or replace function gate.platform_act(session uuid, company uuid, why text, minutes integer, ip inet, agent text)
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
  insert into notifications (company_id, user_id, type, title, message, key, params)
  select company, u.id, 'warning', 'The platform''s staff acts for your company',
    actor.email || ' acts for your company until ' || to_char(until at time zone 'UTC', 'HH24:MI') || ' UTC: ' || why,
    'acting', jsonb_build_object('who', actor.email, 'until_at', until, 'reason', why)
  from users u where u.company_id = company and u.user_role = 'company_admin' and u.status = 'active';
  perform gate.platform_log(session, 'acting_started', company, why, jsonb_build_object('session_id', made, 'until', until));
  return query select made, until, target.name;
end $$;

-- An import whose job failed for good does not stay "running": it failed, with a reason, in the moment its job did, however
-- that came about (a worker that died runs no code of ours). An admin who retries the job takes that back.
create or replace function gate.import_follows_job() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  undoing constant boolean := new.name = 'imports.undo';
  it imports;
begin
  if new.status = 'failed' then
    update imports i set status = 'failed', finished_at = now(), failure_code = 'gave_up',
      failure_message = case when undoing
        then format('Undoing it broke off %s times. What was undone stays undone; undo it again to go on.', new.attempts)
        else format('It broke off %s times. What was imported stays, and can be undone; start it again to go on.', new.attempts)
      end
    where i.company_id = new.company_id and i.id = (new.payload ->> 'import_id')::uuid
      and i.status = any (case when undoing then '{undo_queued,undoing}' else '{queued,running}' end::text[])
    returning * into it;
    if it.user_id is not null then
      insert into notifications (company_id, user_id, title, message, type, link, key, params)
      values (it.company_id, it.user_id, left('Import failed: ' || it.file_name, 255), it.failure_message, 'error',
        '/contacts/import/' || it.id, case when undoing then 'undo_gave_up' else 'import_gave_up' end,
        jsonb_build_object('file', it.file_name, 'attempts', new.attempts));
    end if;
  else
    update imports i set status = case when undoing then 'undo_queued' else 'queued' end, failure_code = null,
      failure_message = null
    where i.company_id = new.company_id and i.id = (new.payload ->> 'import_id')::uuid
      and i.status = 'failed' and i.failure_code = 'gave_up';
  end if;
  return null;
end $$;
reset role;
