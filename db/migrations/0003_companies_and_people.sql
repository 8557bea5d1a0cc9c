set local role bulkhead_owner;

-- Global: a company is its own tenant, its id is the company.
create table companies (
  id uuid primary key default app.uuid7(),
  name text not null check (length(name) between 1 and 255),
  plan text not null default 'trial',
  status text not null default 'active' check (status in ('active', 'suspended', 'deleted')),
  suspended_reason text,
  email citext,
  phone text,
  address text,
  city text,
  state text,
  zip text,
  domain citext unique,
  logo_url text,
  timezone text not null default 'UTC',
  currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  subscription_status text not null default 'trialing',
  trial_ends_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1
);
alter table companies enable row level security;
alter table companies force row level security;
create policy tenant on companies to bulkhead_app using (id = app.cid()) with check (id = app.cid());
create policy tenant_floor on companies as restrictive to bulkhead_app using (id = app.cid()) with check (id = app.cid());
grant select on companies to bulkhead_app;
grant update (name, email, phone, address, city, state, zip, logo_url, timezone, currency) on companies to bulkhead_app;
create trigger touch before update on companies for each row execute function app.touch();

create table teams (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  name text not null check (length(name) between 1 and 100),
  description text check (length(description) <= 500),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, name)
);

create table users (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  email citext not null,
  user_role text not null default 'sales_rep' check (user_role in ('company_admin', 'sales_manager', 'sales_rep')),
  status text not null default 'active' check (status in ('active', 'inactive', 'deleted')),
  first_name text not null check (length(first_name) between 1 and 100),
  last_name text not null check (length(last_name) <= 100),
  phone text,
  avatar_url text,
  timezone text,
  language text,
  title text,
  department text,
  location text,
  bio text,
  manager_id uuid,
  email_verified_at timestamptz,
  last_login_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, email),
  foreign key (company_id, manager_id) references users (company_id, id)
);
create index on users (company_id, manager_id);

create table team_members (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  team_id uuid not null,
  user_id uuid not null,
  is_lead boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, team_id, user_id),
  foreign key (company_id, team_id) references teams (company_id, id) on delete cascade,
  foreign key (company_id, user_id) references users (company_id, id) on delete cascade
);
create index on team_members (company_id, user_id);

create table roles (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  name text not null check (length(name) between 1 and 50),
  description text,
  permissions jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, name)
);

-- Global: one address logs in to one company. Nobody but gate functions reads it; super admins have no company.
create table login_identities (
  id uuid primary key default app.uuid7(),
  email citext not null unique,
  company_id uuid,
  user_id uuid,
  is_super_admin boolean not null default false,
  first_name text,
  last_name text,
  password_hash text,
  password_changed_at timestamptz not null default now(),
  totp_secret text,
  totp_confirmed_at timestamptz,
  totp_last_step bigint,
  recovery_codes text[] not null default '{}',
  failed_logins integer not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null default now(),
  foreign key (company_id, user_id) references users (company_id, id) on delete cascade,
  check ((company_id is null) = (user_id is null)),
  check (is_super_admin = (company_id is null))
);
create unique index on login_identities (company_id, user_id);

create table sessions (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  user_id uuid,
  -- A super admin who acts for the company is no user of it.
  acting_admin_id uuid,
  acting_admin_email text,
  acting_reason text,
  ip_address inet,
  user_agent text,
  device_type text,
  browser text,
  os text,
  expires_at timestamptz not null,
  last_activity_at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_reason text,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  check ((user_id is null) <> (acting_admin_id is null)),
  foreign key (company_id, user_id) references users (company_id, id) on delete cascade
);
create index on sessions (company_id, user_id);

-- One row per refresh token ever issued, so that the reuse of a rotated one is recognised.
create table refresh_tokens (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  session_id uuid not null,
  token_hash bytea not null,
  used_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, token_hash),
  foreign key (company_id, session_id) references sessions (company_id, id) on delete cascade
);
create index on refresh_tokens (company_id, session_id);
create index on refresh_tokens (token_hash);

-- Global: the sessions of super admins, who have no company.
create table platform_sessions (
  id uuid primary key default app.uuid7(),
  identity_id uuid not null references login_identities (id) on delete cascade,
  token_hash bytea not null unique,
  ip_address inet,
  user_agent text,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
create index on platform_sessions (identity_id);

-- Global: what the platform's staff did, and with which company.
create table platform_audit (
  id uuid primary key default app.uuid7(),
  actor_id uuid not null,
  actor_email citext not null,
  action text not null,
  about_company_id uuid,
  reason text,
  details jsonb not null default '{}',
  ip_address inet,
  created_at timestamptz not null default now()
);
create index on platform_audit (about_company_id, created_at);

create table invitations (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  email citext not null,
  user_role text not null check (user_role in ('company_admin', 'sales_manager', 'sales_rep')),
  team_id uuid,
  token_hash bytea not null,
  invited_by uuid not null,
  message text,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  sent_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, token_hash),
  foreign key (company_id, team_id) references teams (company_id, id),
  foreign key (company_id, invited_by) references users (company_id, id)
);
create index on invitations (token_hash);
create index on invitations (company_id, email);
create index on invitations (company_id, team_id);
create index on invitations (company_id, invited_by);

-- Global: a super admin has no company, and a person who forgot their password has none yet.
create table password_resets (
  id uuid primary key default app.uuid7(),
  identity_id uuid not null references login_identities (id) on delete cascade,
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create index on password_resets (identity_id);

create table api_keys (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  user_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  prefix text not null,
  key_hash bytea not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, key_hash),
  foreign key (company_id, user_id) references users (company_id, id) on delete cascade
);
create index on api_keys (key_hash);
create index on api_keys (company_id, user_id);

create table audit_logs (
  company_id uuid not null references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  user_id uuid,
  action text not null,
  resource_type text not null,
  resource_id uuid,
  changes jsonb not null default '{}',
  description text,
  ip_address inet,
  user_agent text,
  request_method text,
  request_path text,
  extra_data jsonb,
  created_at timestamptz not null default now(),
  primary key (company_id, id)
);
create index on audit_logs (company_id, resource_id, id);

create table security_logs (
  company_id uuid not null references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  event_type text not null check (event_type in ('login_success', 'login_failed', 'logout', 'password_changed',
    'password_reset', 'account_locked', 'suspicious_activity', 'permission_denied', 'acting_started', 'acting_ended')),
  severity text not null default 'info' check (severity in ('info', 'warning', 'critical')),
  user_id uuid,
  user_email citext,
  description text not null,
  details jsonb not null default '{}',
  ip_address inet,
  user_agent text,
  location text,
  action_taken text,
  created_at timestamptz not null default now(),
  primary key (company_id, id)
);
create index on security_logs (company_id, created_at);

create table idempotency_keys (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  user_id uuid not null,
  key text not null check (length(key) between 1 and 255),
  request_hash bytea not null,
  status integer,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, user_id, key),
  foreign key (company_id, user_id) references users (company_id, id) on delete cascade
);
create index on idempotency_keys (company_id, created_at);
reset role;

-- Written by a trigger and by nobody else, so that the app can neither forge an entry nor leave one out.
-- app.request holds {"ip","ua","method","path"} of the request; a secret column is told to have changed, not what to.
create function gate.audit() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  old_row jsonb;
  new_row jsonb;
  what text := lower(tg_op);
  diff jsonb;
  req jsonb := nullif(current_setting('app.request', true), '')::jsonb;
  company uuid;
begin
  if tg_op <> 'INSERT' then old_row := to_jsonb(old); company := old.company_id; end if;
  if tg_op <> 'DELETE' then new_row := to_jsonb(new); company := new.company_id; end if;
  for i in 0 .. tg_nargs - 1 loop
    if old_row -> tg_argv[i] is not null then
      old_row := jsonb_set(old_row, array[tg_argv[i]], to_jsonb(md5(old_row ->> tg_argv[i])));
    end if;
    if new_row -> tg_argv[i] is not null then
      new_row := jsonb_set(new_row, array[tg_argv[i]], to_jsonb(md5(new_row ->> tg_argv[i])));
    end if;
  end loop;

  if tg_op = 'INSERT' then
    what := 'create';
    diff := jsonb_build_object('after', jsonb_strip_nulls(new_row));
  elsif tg_op = 'DELETE' then
    if not exists (select from companies where id = company) then
      return null; -- the whole company goes, and its log with it
    end if;
    diff := jsonb_build_object('before', jsonb_strip_nulls(old_row));
  else
    select jsonb_build_object('before', jsonb_object_agg(n.key, o.value), 'after', jsonb_object_agg(n.key, n.value))
    into diff
    from jsonb_each(new_row) n join jsonb_each(old_row) o using (key)
    where n.value is distinct from o.value and n.key not in ('updated_at', 'version');
    if diff -> 'after' = 'null' or diff -> 'after' is null then
      return null;
    end if;
    if old_row ->> 'deleted_at' is null and new_row ->> 'deleted_at' is not null then what := 'delete'; end if;
    if old_row ->> 'deleted_at' is not null and new_row ->> 'deleted_at' is null then what := 'restore'; end if;
  end if;

  insert into audit_logs (company_id, user_id, action, resource_type, resource_id, changes,
    ip_address, user_agent, request_method, request_path, extra_data)
  values (company, app.uid(), what, tg_table_name, (coalesce(new_row, old_row) ->> 'id')::uuid, diff,
    (req ->> 'ip')::inet, req ->> 'ua', req ->> 'method', req ->> 'path',
    case when req ? 'acting' then jsonb_build_object('acting_admin', req ->> 'acting') end);
  return null;
end $$;
alter function gate.audit() owner to bulkhead_gate;
revoke execute on function gate.audit() from public;
grant execute on function gate.audit() to bulkhead_owner;

set local role bulkhead_owner;
call app.own_by_company('teams');
call app.own_by_company('users');
call app.own_by_company('team_members');
call app.own_by_company('roles');
call app.own_by_company('sessions', audited => false);
call app.own_by_company('refresh_tokens', audited => false, writes => 'none');
call app.own_by_company('invitations', secrets => '{token_hash}');
call app.own_by_company('api_keys', secrets => '{key_hash}');
call app.own_by_company('audit_logs', audited => false, writes => 'none');
call app.own_by_company('security_logs', audited => false, writes => 'append');
call app.own_by_company('idempotency_keys', audited => false);
reset role;
