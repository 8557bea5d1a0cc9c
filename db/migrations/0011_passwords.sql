set local role bulkhead_gate;

-- One's own credentials, to check a password or a one-time code against; counts as an attempt like a login.
create function gate.own_credentials()
returns table (locked_seconds integer, identity_id uuid, email text, password_hash text, totp_secret text,
  totp_confirmed boolean, totp_last_step bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  i login_identities := gate.own_identity();
begin
  if i.id is null then return; end if;
  locked_seconds := gate.count_attempt(i.email::text);
  if locked_seconds = 0 then
    identity_id := i.id;
    email := i.email::text;
    password_hash := i.password_hash;
    totp_secret := i.totp_secret;
    totp_confirmed := i.totp_confirmed_at is not null;
    totp_last_step := i.totp_last_step;
  end if;
  return next;
end $$;

-- Changes one's own password, given the hash that the old one was checked against; ends all sessions but `keep`.
create function gate.change_password(checked_hash text, new_hash text, keep uuid)
returns table (ended uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  i login_identities := gate.own_identity();
begin
  update login_identities l set password_hash = new_hash, password_changed_at = now()
  where l.id = i.id and l.password_hash = checked_hash;
  if not found then
    raise exception 'the password was changed meanwhile' using errcode = '40001';
  end if;
  delete from login_attempts where key = gate.attempt_key(i.email::text);
  update password_resets set used_at = now() where identity_id = i.id and used_at is null;
  perform gate.log_identity(i, 'password_changed', 'info', 'The password was changed');
  return query select gate.end_all_sessions(i, keep, 'password changed');
end $$;

-- Whom a forgotten password's letter goes to. No row: nobody, and the caller must not let that show.
create function gate.reset_target(typed text)
returns table (identity_id uuid, company_id uuid, user_id uuid, email text, first_name text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select i.id, i.company_id, i.user_id, i.email::text, coalesce(u.first_name, i.first_name, '')
  from login_identities i
  left join users u on u.company_id = i.company_id and u.id = i.user_id
  left join companies c on c.id = i.company_id
  where i.email = typed::citext and (i.is_super_admin or (u.status = 'active' and c.status <> 'deleted'))
$$;

-- Keeps the hash of a letter's token for an hour. False: three letters went out in the last hour, and that is enough.
create function gate.create_password_reset(token bytea) returns table (created boolean)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  i login_identities := gate.own_identity();
begin
  perform from login_identities l where l.id = i.id for update;
  delete from password_resets where identity_id = i.id and created_at < now() - interval '1 day';
  created := i.id is not null and (
    select count(*) < 3 from password_resets where identity_id = i.id and created_at > now() - interval '1 hour');
  if created then
    insert into password_resets (identity_id, token_hash, expires_at) values (i.id, token, now() + interval '1 hour');
  end if;
  return next;
end $$;

-- Sets a new password by a letter's token, once. Ends every session and the lock: who reads the mailbox is the owner.
create function gate.reset_password(token bytea, new_hash text)
returns table (identity_id uuid, company_id uuid, user_id uuid, email text, first_name text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  i login_identities;
begin
  update password_resets r set used_at = now() where r.token_hash = token and r.used_at is null and r.expires_at > now()
  returning r.identity_id into identity_id;
  if identity_id is null then return; end if;
  update password_resets r set used_at = now() where r.identity_id = reset_password.identity_id and r.used_at is null;
  update login_identities l set password_hash = new_hash, password_changed_at = now()
  where l.id = reset_password.identity_id returning * into i;
  delete from login_attempts where key = gate.attempt_key(i.email::text);
  perform gate.end_all_sessions(i, null, 'password reset');
  perform gate.log_identity(i, 'password_reset', 'warning', 'The password was reset by e-mail');
  return query select t.* from gate.reset_target(i.email::text) t;
end $$;

-- Keeps a new secret until its first code is confirmed. False: a confirmed one is in use.
create function gate.enrol_totp(sealed text) returns table (enrolled boolean)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  i login_identities := gate.own_identity();
begin
  update login_identities l set totp_secret = sealed, totp_last_step = null
  where l.id = i.id and l.totp_confirmed_at is null;
  enrolled := found;
  if enrolled then
    delete from login_attempts where key = gate.attempt_key(i.email::text);
  end if;
  return next;
end $$;

create function gate.confirm_totp(sealed text, step bigint, codes text[]) returns table (confirmed boolean)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  i login_identities := gate.own_identity();
begin
  update login_identities l set totp_confirmed_at = now(), totp_last_step = step, recovery_codes = codes
  where l.id = i.id and l.totp_secret = sealed and l.totp_confirmed_at is null;
  confirmed := found;
  if confirmed then
    delete from login_attempts where key = gate.attempt_key(i.email::text);
    perform gate.log_identity(i, 'totp_enabled', 'info', 'One-time codes were switched on');
  end if;
  return next;
end $$;

-- With a code that was not used before: switches one-time codes off (codes null) or replaces the recovery codes.
create function gate.change_totp(step bigint, recovery text, codes text[]) returns table (changed boolean)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  i login_identities := gate.own_identity();
begin
  select * into i from login_identities l where l.id = i.id and l.totp_confirmed_at is not null for update;
  changed := i.id is not null and (step > coalesce(i.totp_last_step, 0) or recovery = any (i.recovery_codes)) is true;
  if changed then
    update login_identities l set
      totp_last_step = coalesce(step, l.totp_last_step),
      recovery_codes = coalesce(codes, '{}'),
      totp_secret = case when codes is not null then l.totp_secret end,
      totp_confirmed_at = case when codes is not null then l.totp_confirmed_at end
    where l.id = i.id;
    delete from login_attempts where key = gate.attempt_key(i.email::text);
    perform case when codes is null
      then gate.log_identity(i, 'totp_disabled', 'warning', 'One-time codes were switched off')
      else gate.log_identity(i, 'totp_enabled', 'info', 'New recovery codes were made') end;
  end if;
  return next;
end $$;

grant execute on function gate.own_credentials, gate.change_password, gate.reset_target, gate.create_password_reset,
  gate.reset_password, gate.enrol_totp, gate.confirm_totp, gate.change_totp to bulkhead_app;
reset role;
