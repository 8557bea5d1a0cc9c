set local role bulkhead_owner;

-- Global: attempts are counted by the address that was typed, whether or not anybody has it, so that a lock tells
-- nothing about who has an account. The address is kept as a hash: people type passwords into the wrong field.
create table login_attempts (
  key bytea primary key,
  failed integer not null,
  last_at timestamptz not null default now(),
  locked_until timestamptz
);
create index on login_attempts (last_at);
alter table login_identities drop column failed_logins, drop column locked_until;

-- Global: the refresh tokens of super admins, who have no company.
create table platform_refresh_tokens (
  id uuid primary key default app.uuid7(),
  session_id uuid not null references platform_sessions (id) on delete cascade,
  token_hash bytea not null unique,
  used_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index on platform_refresh_tokens (session_id);
alter table platform_sessions drop column token_hash;

-- What is found by its secret is found with its company: the token carries it.
drop index refresh_tokens_token_hash_idx;

-- Nobody forges a session: gate functions open and end them. Colleagues' sessions are their own and the admins' business.
call app.own_by_company('sessions', visible => 'user_id = app.uid() or current_setting(''app.owners'', true) = ''*''',
  audited => false, writes => 'none');
call app.own_by_company('refresh_tokens', visible => 'false', audited => false, writes => 'none');

-- To log in is not to edit the user: it makes no new version. Fires after touch, for triggers fire by name.
create function app.untouch() returns trigger
language plpgsql
as $$
begin
  new.updated_at := old.updated_at;
  new.version := old.version;
  return new;
end $$;
revoke execute on function app.untouch from bulkhead_app, bulkhead_gate, bulkhead_auditor;
create trigger touch_not_by_login before update of last_login_at on users for each row execute function app.untouch();

alter table security_logs drop constraint security_logs_event_type_check;
alter table security_logs add constraint security_logs_event_type_check check (event_type in (
  'login_success', 'login_failed', 'logout', 'password_changed', 'password_reset', 'account_locked',
  'suspicious_activity', 'permission_denied', 'acting_started', 'acting_ended', 'session_ended',
  'totp_enabled', 'totp_disabled', 'registered'));

-- What the request says of itself: {"ip","ua","method","path"}.
create function app.request() returns jsonb
language sql stable parallel safe
as $$ select coalesce(nullif(current_setting('app.request', true), '')::jsonb, '{}') $$;
reset role;

set local role bulkhead_gate;

-- Parts of the functions below; the app may not call them.

create function gate.log_security(company uuid, who uuid, address citext, event text, level text, words text)
returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  insert into security_logs (company_id, user_id, user_email, event_type, severity, description, ip_address, user_agent)
  values (company, who, address, event, level, words, (app.request() ->> 'ip')::inet, app.request() ->> 'ua')
$$;

create function gate.log_platform(identity uuid, address citext, event text, words text)
returns void
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  insert into platform_audit (actor_id, actor_email, action, reason, ip_address)
  values (identity, address, event, words, (app.request() ->> 'ip')::inet)
$$;

-- One entry, in the company's security log or, for a super admin, in the platform's.
create function gate.log_identity(i login_identities, event text, level text, words text)
returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if i.is_super_admin then
    perform gate.log_platform(i.id, i.email, event, words);
  else
    perform gate.log_security(i.company_id, i.user_id, i.email, event, level, words);
  end if;
end $$;

create function gate.attempt_key(typed text) returns bytea
language sql immutable
set search_path = pg_catalog, public, pg_temp
as $$ select sha256(convert_to(lower(typed), 'UTF8')) $$;

-- Counts an attempt before it is made, so that attempts made at once cannot outrun the count; a good one takes it back.
-- Seconds that the address is locked for, or 0 when the attempt may be made.
create function gate.count_attempt(typed text) returns integer
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  state login_attempts;
begin
  delete from login_attempts where key in (
    select key from login_attempts where last_at < now() - interval '1 day' order by last_at limit 5 for update skip locked);
  insert into login_attempts (key, failed) values (gate.attempt_key(typed), 0) on conflict do nothing;
  select * into state from login_attempts where key = gate.attempt_key(typed) for update;
  if state.locked_until > clock_timestamp() then
    return ceil(extract(epoch from state.locked_until - clock_timestamp()));
  end if;
  if state.locked_until is not null or state.last_at < now() - interval '15 minutes' then
    state.failed := 0;
  end if;
  update login_attempts set
    failed = state.failed + 1,
    last_at = now(),
    locked_until = case when state.failed + 1 >= 10 then clock_timestamp() + interval '15 minutes' end
  where key = state.key;
  return 0;
end $$;

-- The identity of the one who asks: a company's user, or a super admin of no company.
create function gate.own_identity() returns login_identities
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select i from login_identities i
  where case when app.cid() is null then i.is_super_admin and i.id = app.uid()
        else i.company_id = app.cid() and i.user_id = app.uid() end
$$;

-- What a login answers with. No row: the session, its user or its company has ended.
create function gate.grant_of(company uuid, session uuid)
returns table (session_id uuid, company_id uuid, company_name text, user_id uuid, email text, first_name text,
  last_name text, user_role text)
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select s.id, c.id, c.name, u.id, u.email::text, u.first_name, u.last_name, u.user_role
  from sessions s
  join companies c on c.id = s.company_id
  join users u on u.company_id = s.company_id and u.id = s.user_id
  where s.company_id = company and s.id = session and s.revoked_at is null and s.expires_at > now()
    and u.status = 'active' and c.status <> 'deleted'
  union all
  select s.id, null, null, i.id, i.email::text, coalesce(i.first_name, ''), coalesce(i.last_name, ''), 'super_admin'
  from platform_sessions s
  join login_identities i on i.id = s.identity_id
  where company is null and s.id = session and s.revoked_at is null and s.expires_at > now() and i.is_super_admin
$$;

-- A session for an identity whose right to it the caller has established.
create function gate.new_session(i login_identities, refresh bytea, device jsonb) returns uuid
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  session uuid := app.uuid7();
  address inet := (app.request() ->> 'ip')::inet;
begin
  if i.is_super_admin then
    insert into platform_sessions (id, identity_id, ip_address, user_agent, expires_at)
    values (session, i.id, address, app.request() ->> 'ua', now() + interval '12 hours');
    insert into platform_refresh_tokens (session_id, token_hash, expires_at)
    values (session, refresh, now() + interval '12 hours');
  else
    insert into sessions (company_id, id, user_id, ip_address, user_agent, device_type, browser, os, expires_at)
    values (i.company_id, session, i.user_id, address, app.request() ->> 'ua', device ->> 'type', device ->> 'browser',
      device ->> 'os', now() + interval '30 days');
    insert into refresh_tokens (company_id, session_id, token_hash, expires_at)
    values (i.company_id, session, refresh, now() + interval '30 days');
    update users set last_login_at = now() where company_id = i.company_id and id = i.user_id;
  end if;
  perform gate.log_identity(i, 'login_success', 'info', 'Logged in');
  return session;
end $$;

-- Ends an identity's sessions but for one, and says which.
create function gate.end_all_sessions(i login_identities, keep uuid, why text) returns setof uuid
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  with company as (
    update sessions set revoked_at = now(), revoked_reason = why
    where company_id = i.company_id and user_id = i.user_id and revoked_at is null and id is distinct from keep
    returning id
  ), platform as (
    update platform_sessions set revoked_at = now()
    where i.is_super_admin and identity_id = i.id and revoked_at is null and id is distinct from keep
    returning id
  )
  select id from company union all select id from platform
$$;

-- What the app calls.

create function gate.begin_login(typed text)
returns table (locked_seconds integer, identity_id uuid, password_hash text, totp_secret text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  locked_seconds := gate.count_attempt(typed);
  if locked_seconds = 0 then
    select i.id, i.password_hash, case when i.totp_confirmed_at is not null then i.totp_secret end
    into identity_id, password_hash, totp_secret
    from login_identities i
    left join users u on u.company_id = i.company_id and u.id = i.user_id
    left join companies c on c.id = i.company_id
    where i.email = typed::citext and (i.is_super_admin or (u.status = 'active' and c.status <> 'deleted'));
  end if;
  return next;
end $$;

create function gate.fail_login(typed text, why text) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  i login_identities;
begin
  select * into i from login_identities where email = typed::citext;
  if i.id is null then return; end if;
  perform gate.log_identity(i, 'login_failed', 'warning', why);
  if exists (select from login_attempts where key = gate.attempt_key(typed) and locked_until > now()) then
    perform gate.log_identity(i, 'account_locked', 'critical', 'Locked for 15 minutes after 10 failed attempts');
  end if;
end $$;

-- The password was right, but that is not all it takes.
create function gate.forgive_attempt(typed text) returns void
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  update login_attempts set failed = greatest(failed - 1, 0), locked_until = null where key = gate.attempt_key(typed)
$$;

-- Opens a session for the identity whose password hash the caller has read and checked. No row: the password was changed
-- meanwhile, or the one-time code is missing or was used before.
create function gate.open_session(identity uuid, checked_hash text, step bigint, recovery text, refresh bytea, device jsonb)
returns table (session_id uuid, company_id uuid, company_name text, user_id uuid, email text, first_name text,
  last_name text, user_role text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  i login_identities;
  session uuid;
begin
  select * into i from login_identities l where l.id = identity and l.password_hash = checked_hash for update;
  if i.id is null then return; end if;
  if i.totp_confirmed_at is not null then
    if step > coalesce(i.totp_last_step, 0) then
      update login_identities l set totp_last_step = step where l.id = i.id;
    elsif recovery = any (i.recovery_codes) then
      update login_identities l set recovery_codes = array_remove(l.recovery_codes, recovery) where l.id = i.id;
      perform gate.log_identity(i, 'suspicious_activity', 'warning', 'A recovery code was used to log in');
    else
      return;
    end if;
  end if;
  delete from login_attempts where key = gate.attempt_key(i.email::text);
  session := gate.new_session(i, refresh, device);
  return query select * from gate.grant_of(i.company_id, session);
end $$;

-- Exchanges a refresh token for its successor. A token that was used more than 10 seconds ago is a stolen one, or the
-- thief was quicker: the session ends. Within 10 seconds two tabs or a repeated request are likelier.
-- A token's first use ends those handed out beside it, so that two lines of tokens never live on together.
create function gate.refresh_session(company uuid, token bytea, successor bytea)
returns table (reused boolean, session_id uuid, company_id uuid, company_name text, user_id uuid, email text,
  first_name text, last_name text, user_role text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  t refresh_tokens;
  s sessions;
  ends timestamptz;
begin
  select * into t from refresh_tokens r where r.company_id = company and r.token_hash = token;
  select * into s from sessions x where x.company_id = company and x.id = t.session_id for update;
  if s.id is null or s.revoked_at is not null or s.expires_at <= now() or t.expires_at <= now() then return; end if;
  select * into t from refresh_tokens r where r.company_id = company and r.id = t.id;
  if t.used_at < now() - interval '10 seconds' then
    update sessions x set revoked_at = now(), revoked_reason = 'refresh token reused'
    where x.company_id = company and x.id = s.id;
    perform gate.log_security(company, s.user_id, (select u.email from users u where u.company_id = company and u.id = s.user_id),
      'suspicious_activity', 'critical', 'A refresh token was used a second time; its session was ended');
    return query select true, s.id, company, null::text, s.user_id, null::text, null::text, null::text, null::text;
    return;
  end if;
  if t.used_at is null then
    update refresh_tokens r set used_at = now() where r.company_id = company and r.session_id = s.id and r.used_at is null;
    delete from refresh_tokens r
    where r.company_id = company and r.session_id = s.id and r.used_at < now() - interval '7 days';
  end if;
  ends := least(now() + interval '30 days', s.created_at + interval '90 days');
  update sessions x set expires_at = ends, last_activity_at = now(),
    ip_address = coalesce((app.request() ->> 'ip')::inet, x.ip_address)
  where x.company_id = company and x.id = s.id;
  insert into refresh_tokens (company_id, session_id, token_hash, expires_at) values (company, s.id, successor, ends);
  return query select false, g.* from gate.grant_of(company, s.id) g;
end $$;

create function gate.refresh_platform_session(token bytea, successor bytea)
returns table (reused boolean, session_id uuid, company_id uuid, company_name text, user_id uuid, email text,
  first_name text, last_name text, user_role text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  t platform_refresh_tokens;
  s platform_sessions;
  i login_identities;
  ends timestamptz;
begin
  select * into t from platform_refresh_tokens r where r.token_hash = token;
  select * into s from platform_sessions x where x.id = t.session_id for update;
  if s.id is null or s.revoked_at is not null or s.expires_at <= now() or t.expires_at <= now() then return; end if;
  select * into t from platform_refresh_tokens r where r.id = t.id;
  if t.used_at < now() - interval '10 seconds' then
    update platform_sessions x set revoked_at = now() where x.id = s.id;
    select * into i from login_identities l where l.id = s.identity_id;
    perform gate.log_identity(i, 'suspicious_activity', 'critical', 'A refresh token was used a second time; its session was ended');
    return query select true, s.id, null::uuid, null::text, s.identity_id, null::text, null::text, null::text, null::text;
    return;
  end if;
  if t.used_at is null then
    update platform_refresh_tokens r set used_at = now() where r.session_id = s.id and r.used_at is null;
  end if;
  ends := least(now() + interval '12 hours', s.created_at + interval '7 days');
  update platform_sessions x set expires_at = ends where x.id = s.id;
  insert into platform_refresh_tokens (session_id, token_hash, expires_at) values (s.id, successor, ends);
  return query select false, g.* from gate.grant_of(null, s.id) g;
end $$;

-- Ends one's own session: log out.
create function gate.log_out(session uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  i login_identities;
begin
  if app.cid() is null then
    update platform_sessions set revoked_at = now() where id = session and identity_id = app.uid() and revoked_at is null;
  else
    update sessions set revoked_at = now(), revoked_reason = 'logged out'
    where company_id = app.cid() and id = session and user_id is not distinct from app.uid() and revoked_at is null;
  end if;
  i := gate.own_identity();
  if i.id is not null then
    perform gate.log_identity(i, 'logout', 'info', 'Logged out');
  end if;
end $$;

-- Ends one session, or all of a user's but one. A user ends their own, an admin those of the company.
create function gate.end_sessions(one uuid, of_user uuid, keep uuid, why text) returns table (id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  ended sessions;
begin
  if one is null and of_user is null then
    raise exception 'whose sessions are to end?' using errcode = '22004';
  end if;
  for ended in
    update sessions s set revoked_at = now(), revoked_reason = why
    where s.company_id = app.cid() and s.revoked_at is null and s.expires_at > now()
      and (one is null or s.id = one) and (of_user is null or s.user_id = of_user) and s.id is distinct from keep
      and (s.user_id = app.uid() or current_setting('app.owners', true) = '*')
    returning s.*
  loop
    perform gate.log_security(app.cid(), ended.user_id,
      (select u.email from users u where u.company_id = app.cid() and u.id = ended.user_id),
      'session_ended', 'info', why);
    id := ended.id;
    return next;
  end loop;
end $$;

-- The one who asks, as the database knows them now.
create function gate.account(session uuid)
returns table (id uuid, email text, first_name text, last_name text, role text, company_id uuid, company_name text,
  company_status text, subscription_status text, trial_ends_at timestamptz, currency text, timezone text, language text,
  avatar_url text, last_login_at timestamptz, totp_enabled boolean, acting_admin text, acting_until timestamptz)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select u.id, u.email::text, u.first_name, u.last_name, u.user_role, c.id, c.name, c.status, c.subscription_status,
    c.trial_ends_at, c.currency, coalesce(u.timezone, c.timezone), u.language, u.avatar_url, u.last_login_at,
    coalesce(i.totp_confirmed_at is not null, false), null, null::timestamptz
  from users u
  join companies c on c.id = u.company_id
  left join login_identities i on i.company_id = u.company_id and i.user_id = u.id
  where u.company_id = app.cid() and u.id = app.uid()
  union all
  select s.acting_admin_id, s.acting_admin_email, coalesce(i.first_name, ''), coalesce(i.last_name, ''), 'company_admin',
    c.id, c.name, c.status, c.subscription_status, c.trial_ends_at, c.currency, c.timezone, null, null, null::timestamptz,
    coalesce(i.totp_confirmed_at is not null, false), s.acting_admin_email, s.expires_at
  from sessions s
  join companies c on c.id = s.company_id
  left join login_identities i on i.id = s.acting_admin_id and i.is_super_admin
  where s.company_id = app.cid() and s.id = session and app.uid() is null and s.acting_admin_id is not null
  union all
  select i.id, i.email::text, coalesce(i.first_name, ''), coalesce(i.last_name, ''), 'super_admin', null, null, null, null,
    null::timestamptz, null, null, null, null, null::timestamptz, i.totp_confirmed_at is not null, null, null::timestamptz
  from login_identities i
  where app.cid() is null and i.id = app.uid() and i.is_super_admin
$$;

grant execute on function gate.begin_login, gate.fail_login, gate.forgive_attempt, gate.open_session, gate.refresh_session,
  gate.refresh_platform_session, gate.log_out, gate.end_sessions, gate.account to bulkhead_app;
reset role;
