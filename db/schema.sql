-- The whole database as the migrations make it: written by `npm run generate`, for reading and for reviewing changes.
-- Never edit it, and never load it: migrations are what runs.

-- Roles

create role bulkhead_app login nosuperuser nobypassrls noinherit nocreaterole nocreatedb noreplication;
create role bulkhead_auditor login nosuperuser bypassrls noinherit nocreaterole nocreatedb noreplication;
create role bulkhead_gate nologin nosuperuser bypassrls noinherit nocreaterole nocreatedb noreplication;
create role bulkhead_jobs login nosuperuser nobypassrls noinherit nocreaterole nocreatedb noreplication;
create role bulkhead_owner nologin nosuperuser nobypassrls noinherit nocreaterole nocreatedb noreplication;

-- Extensions and schemas

create extension btree_gin;
create extension citext;
create extension pg_trgm;
create schema app authorization bulkhead_owner;
grant usage on schema app to bulkhead_app;
grant usage on schema app to bulkhead_auditor;
grant usage on schema app to bulkhead_gate;
create schema gate authorization bulkhead_gate;
grant usage on schema gate to bulkhead_app;
grant usage on schema gate to bulkhead_auditor;
grant usage on schema gate to bulkhead_jobs;
grant usage on schema gate to bulkhead_owner;
create schema public;
grant create, usage on schema public to bulkhead_owner;
grant usage on schema public to bulkhead_app;
grant usage on schema public to bulkhead_auditor;
grant usage on schema public to bulkhead_gate;
alter default privileges for role bulkhead_gate grant execute on functions to bulkhead_gate;
alter default privileges for role bulkhead_owner grant execute on functions to bulkhead_owner;
alter default privileges for role bulkhead_owner in schema app grant execute on functions to bulkhead_app;
alter default privileges for role bulkhead_owner in schema app grant execute on functions to bulkhead_auditor;
alter default privileges for role bulkhead_owner in schema app grant execute on functions to bulkhead_gate;
alter default privileges for role bulkhead_owner in schema public grant delete, insert, select, update on tables to bulkhead_gate;
alter default privileges for role bulkhead_owner in schema public grant select on tables to bulkhead_auditor;

-- app: what policies and defaults are made of

create function app.activity_status(status text, due_date timestamp with time zone)
returns text
language sql stable parallel safe
as $$ select case when status = 'pending' and due_date < now() then 'overdue' else status end $$;
alter function app.activity_status(status text, due_date timestamp with time zone) owner to bulkhead_owner;
revoke execute on function app.activity_status(status text, due_date timestamp with time zone) from public;
grant execute on function app.activity_status(status text, due_date timestamp with time zone) to bulkhead_app, bulkhead_auditor, bulkhead_gate;

create function app.cid()
returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.company_id', true), '')::uuid $$;
alter function app.cid() owner to bulkhead_owner;
revoke execute on function app.cid() from public;
grant execute on function app.cid() to bulkhead_app, bulkhead_auditor, bulkhead_gate;

create function app.contact_is_seen()
returns trigger
language plpgsql volatile
as $$
begin
  if not exists (select from contacts where company_id = new.company_id and id = new.contact_id and deleted_at is null) then
    raise foreign_key_violation using message = 'the contact is not there', table = tg_table_name,
      constraint = tg_table_name || '_company_id_contact_id_fkey';
  end if;
  return new;
end $$;
alter function app.contact_is_seen() owner to bulkhead_owner;
revoke execute on function app.contact_is_seen() from public;

create function app.contact_text(
  first_name text, last_name text, email text, company text, phone text, mobile text
)
returns text
language plpgsql immutable parallel safe
as $$
begin
  return lower(first_name || ' ' || last_name || ' ' || coalesce(email, '') || ' ' || coalesce(company, '') || ' ' ||
    coalesce(phone, '') || ' ' || coalesce(mobile, ''));
end $$;
alter function app.contact_text(first_name text, last_name text, email text, company text, phone text, mobile text) owner to bulkhead_owner;
revoke execute on function app.contact_text(first_name text, last_name text, email text, company text, phone text, mobile text) from public;
grant execute on function app.contact_text(first_name text, last_name text, email text, company text, phone text, mobile text) to bulkhead_app, bulkhead_auditor, bulkhead_gate;

create function app.deal_is_seen()
returns trigger
language plpgsql volatile
as $$
begin
  if not exists (select from deals where company_id = new.company_id and id = new.deal_id and deleted_at is null) then
    raise foreign_key_violation using message = 'the deal is not there', table = tg_table_name,
      constraint = tg_table_name || '_company_id_deal_id_fkey';
  end if;
  return new;
end $$;
alter function app.deal_is_seen() owner to bulkhead_owner;
revoke execute on function app.deal_is_seen() from public;

create function app.guard_isolation()
returns event_trigger
language plpgsql volatile
as $$
declare
  touched record;
begin
  if current_setting('app.migrating', true) = 'on' then
    return;
  end if;
  if tg_event = 'sql_drop' then
    for touched in select * from pg_event_trigger_dropped_objects() loop
      if touched.original and touched.object_type = 'policy' then
        raise insufficient_privilege using message = format('policy %s is dropped by migrations only', touched.object_identity);
      end if;
    end loop;
    return;
  end if;
  for touched in select * from pg_event_trigger_ddl_commands() loop
    if touched.object_type = 'policy' and exists (
      select from pg_policy p join pg_class c on c.oid = p.polrelid
      where p.oid = touched.objid and c.relnamespace = 'public'::regnamespace) then
      raise insufficient_privilege using message = format('policy %s is changed by migrations only', touched.object_identity);
    end if;
    if touched.object_type = 'table' and exists (
      select from pg_class c join pg_policy p on p.polrelid = c.oid and p.polname = 'tenant'
      where c.oid = touched.objid and not (c.relrowsecurity and c.relforcerowsecurity)) then
      raise insufficient_privilege using message = format('row-level security of %s stays enabled and forced', touched.object_identity);
    end if;
  end loop;
end $$;
alter function app.guard_isolation() owner to bulkhead_owner;
revoke execute on function app.guard_isolation() from public;

create function app.keep_an_admin()
returns trigger
language plpgsql volatile
as $$
begin
  perform from companies where id = old.company_id for no key update;
  if not found then
    return null; -- the whole company goes
  end if;
  if not exists (
    select from users where company_id = old.company_id and user_role = 'company_admin' and status = 'active') then
    raise exception 'A company needs an admin: make somebody else one first.' using errcode = 'BH409';
  end if;
  return null;
end $$;
alter function app.keep_an_admin() owner to bulkhead_owner;
revoke execute on function app.keep_an_admin() from public;

create function app.managers_form_no_circle()
returns trigger
language plpgsql volatile
as $$
begin
  perform from companies where id = new.company_id for no key update;
  if exists (
    with recursive above (id, manager_id) as (
      select id, manager_id from users where company_id = new.company_id and id = new.manager_id
      union
      select u.id, u.manager_id from users u join above on u.id = above.manager_id where u.company_id = new.company_id
    )
    select from above where id = new.id) then
    raise exception 'a manager cannot be led by whom they lead' using errcode = '23514', column = 'manager_id';
  end if;
  return null;
end $$;
alter function app.managers_form_no_circle() owner to bulkhead_owner;
revoke execute on function app.managers_form_no_circle() from public;

create procedure app.own_by_company(
  in target regclass, in owner name default null::name, in visible text default null::text,
  in secrets text[] default '{}'::text[], in audited boolean default true, in writes text default 'all'::text
)
language plpgsql
as $$
declare
  cols text;
  has_version boolean := exists (
    select from pg_attribute where attrelid = target and attname = 'version' and not attisdropped);
begin
  if owner is not null then
    visible := format('app.sees(%I, private_to)', owner);
  end if;
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('drop policy if exists tenant on %s', target);
  execute format('create policy tenant on %s to bulkhead_app
    using (company_id = app.cid()) with check (company_id = app.cid())', target);
  execute format('drop policy if exists tenant_floor on %s', target);
  execute format('create policy tenant_floor on %s as restrictive to bulkhead_app
    using (company_id = app.cid()) with check (company_id = app.cid())', target);
  execute format('drop policy if exists visibility on %s', target);
  if visible is not null then
    execute format('create policy visibility on %s as restrictive to bulkhead_app
      using (%s) with check (%s)', target, visible, visible);
  end if;

  execute format('revoke all on %s from bulkhead_app', target);
  execute format('grant select on %s to bulkhead_app', target);
  select string_agg(quote_ident(attname), ', ' order by attnum) into cols
  from pg_attribute
  where attrelid = target and attnum > 0 and not attisdropped and attgenerated = ''
    and attname not in ('company_id', 'id', 'created_at', 'updated_at', 'version');
  if writes in ('all', 'append') then
    execute format('grant insert (%s) on %s to bulkhead_app', cols, target);
  end if;
  if writes = 'all' then
    execute format('grant delete on %s to bulkhead_app', target);
    execute format('grant update (%s) on %s to bulkhead_app', cols, target);
  end if;

  execute format('drop trigger if exists touch on %s', target);
  if has_version then
    execute format('create trigger touch before update on %s for each row execute function app.touch()', target);
  end if;
  execute format('drop trigger if exists audit on %s', target);
  if audited then
    execute format('create trigger audit after insert or update or delete on %s
      for each row execute function gate.audit(%L, %L)', target, secrets, app.unlogged(target));
  end if;
end $$;
alter procedure app.own_by_company(IN target regclass, IN owner name, IN visible text, IN secrets text[], IN audited boolean, IN writes text) owner to bulkhead_owner;
revoke execute on procedure app.own_by_company(IN target regclass, IN owner name, IN visible text, IN secrets text[], IN audited boolean, IN writes text) from public;

create function app.owners()
returns uuid[]
language sql stable parallel safe
as $$ select nullif(nullif(current_setting('app.owners', true), '*'), '')::uuid[] $$;
alter function app.owners() owner to bulkhead_owner;
revoke execute on function app.owners() from public;
grant execute on function app.owners() to bulkhead_app, bulkhead_auditor, bulkhead_gate;

create function app.phone_key(phone text)
returns text
language plpgsql immutable parallel safe strict
as $$
declare
  digits constant text := regexp_replace(phone, '[^0-9]', '', 'g');
begin
  return case when length(digits) >= 7 then right(digits, 9) end;
end $$;
alter function app.phone_key(phone text) owner to bulkhead_owner;
revoke execute on function app.phone_key(phone text) from public;
grant execute on function app.phone_key(phone text) to bulkhead_app, bulkhead_auditor, bulkhead_gate;

create function app.request()
returns jsonb
language sql stable parallel safe
as $$ select coalesce(nullif(current_setting('app.request', true), '')::jsonb, '{}') $$;
alter function app.request() owner to bulkhead_owner;
revoke execute on function app.request() from public;
grant execute on function app.request() to bulkhead_app, bulkhead_auditor, bulkhead_gate;

create function app.sees(owner uuid, private_to uuid)
returns boolean
language sql stable parallel safe
as $$
  select (private_to is null or private_to = app.uid())
     and (current_setting('app.owners', true) = '*' or owner = any (app.owners()))
$$;
alter function app.sees(owner uuid, private_to uuid) owner to bulkhead_owner;
revoke execute on function app.sees(owner uuid, private_to uuid) from public;
grant execute on function app.sees(owner uuid, private_to uuid) to bulkhead_app, bulkhead_auditor, bulkhead_gate;

create function app.sees_contact(contact uuid)
returns boolean
language sql stable parallel safe
as $$ select exists (select from public.contacts where company_id = app.cid() and id = contact) $$;
alter function app.sees_contact(contact uuid) owner to bulkhead_owner;
revoke execute on function app.sees_contact(contact uuid) from public;
grant execute on function app.sees_contact(contact uuid) to bulkhead_app, bulkhead_auditor, bulkhead_gate;

create function app.sees_deal(deal uuid)
returns boolean
language sql stable parallel safe
as $$ select exists (select from public.deals where company_id = app.cid() and id = deal) $$;
alter function app.sees_deal(deal uuid) owner to bulkhead_owner;
revoke execute on function app.sees_deal(deal uuid) from public;
grant execute on function app.sees_deal(deal uuid) to bulkhead_app, bulkhead_auditor, bulkhead_gate;

create function app.sees_import(import uuid)
returns boolean
language sql stable parallel safe
as $$ select exists (select from public.imports where company_id = app.cid() and id = import) $$;
alter function app.sees_import(import uuid) owner to bulkhead_owner;
revoke execute on function app.sees_import(import uuid) from public;
grant execute on function app.sees_import(import uuid) to bulkhead_app, bulkhead_auditor, bulkhead_gate;

create function app.touch()
returns trigger
language plpgsql volatile
as $$
begin
  new.updated_at := now();
  new.version := old.version + 1;
  return new;
end $$;
alter function app.touch() owner to bulkhead_owner;
revoke execute on function app.touch() from public;

create function app.uid()
returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;
alter function app.uid() owner to bulkhead_owner;
revoke execute on function app.uid() from public;
grant execute on function app.uid() to bulkhead_app, bulkhead_auditor, bulkhead_gate;

create function app.unlogged(target regclass)
returns text[]
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(array_agg(attname::text order by attnum), '{}')
  from pg_attribute
  where attrelid = target and attnum > 0 and not attisdropped
    and (attgenerated <> '' or col_description(attrelid, attnum) like 'unlogged:%')
$$;
alter function app.unlogged(target regclass) owner to bulkhead_owner;
revoke execute on function app.unlogged(target regclass) from public;
grant execute on function app.unlogged(target regclass) to bulkhead_auditor;

create function app.untouch()
returns trigger
language plpgsql volatile
as $$
begin
  new.updated_at := old.updated_at;
  new.version := old.version;
  return new;
end $$;
alter function app.untouch() owner to bulkhead_owner;
revoke execute on function app.untouch() from public;

create function app.uuid7()
returns uuid
language sql volatile parallel safe
as $$ /* depends on the version of PostgreSQL */ $$;
alter function app.uuid7() owner to bulkhead_owner;
revoke execute on function app.uuid7() from public;
grant execute on function app.uuid7() to bulkhead_app, bulkhead_auditor, bulkhead_gate;

-- Tables

create table activities (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  type text not null,
  subject text not null,
  description text,
  status text not null default 'pending'::text,
  due_date timestamp with time zone,
  completed_at timestamp with time zone,
  duration_minutes integer,
  owner_id uuid not null default app.uid(),
  private_to uuid,
  contact_id uuid,
  deal_id uuid,
  location character varying(255),
  outcome character varying(500),
  priority integer not null default 0,
  reminder_at timestamp with time zone,
  reminded_at timestamp with time zone,
  custom_fields jsonb not null default '{}'::jsonb,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  search_text text generated always as (lower((((subject || ' '::text) || coalesce(location, ''::character varying)::text) || ' '::text) || coalesce(outcome, ''::character varying)::text)) stored,
  constraint activities_pkey primary key (company_id, id),
  constraint activities_company_id_contact_id_fkey foreign key (company_id, contact_id) references contacts(company_id, id),
  constraint activities_company_id_deal_id_fkey foreign key (company_id, deal_id) references deals(company_id, id),
  constraint activities_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint activities_company_id_owner_id_fkey foreign key (company_id, owner_id) references users(company_id, id),
  constraint activities_duration_minutes_check check (duration_minutes >= 0),
  constraint activities_priority_check check (priority >= 0 and priority <= 3),
  constraint activities_status_check check (status = any (array['pending'::text, 'completed'::text, 'cancelled'::text])),
  constraint activities_subject_check check (length(subject) >= 1 and length(subject) <= 255),
  constraint activities_type_check check (type = any (array['call'::text, 'email'::text, 'meeting'::text, 'task'::text, 'note'::text, 'deadline'::text]))
);
create index activities_company_id_contact_id_idx on public.activities using btree (company_id, contact_id);
create index activities_company_id_deal_id_idx on public.activities using btree (company_id, deal_id);
create index activities_company_id_owner_id_due_date_idx on public.activities using btree (company_id, owner_id, due_date);
create index activities_completed on public.activities using btree (company_id, completed_at, id) where ((deleted_at is null) and (completed_at is not null));
create index activities_due on public.activities using btree (company_id, due_date, id) where (deleted_at is null);
create index activities_newest on public.activities using btree (company_id, created_at desc, id desc) where (deleted_at is null);
create index activities_owner_newest on public.activities using btree (company_id, owner_id, created_at desc, id desc);
create index activities_search on public.activities using gin (company_id, search_text gin_trgm_ops) where (deleted_at is null);
create index activities_updated on public.activities using btree (company_id, updated_at desc, id desc) where (deleted_at is null);
alter table activities enable row level security;
alter table activities force row level security;
create policy tenant on activities as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on activities as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on activities as restrictive for all to bulkhead_app
  using (app.sees(owner_id, private_to))
  with check (app.sees(owner_id, private_to));
grant select, insert (type, subject, description, status, due_date, completed_at, duration_minutes, owner_id, private_to, contact_id,
    deal_id, location, outcome, priority, reminder_at, reminded_at, custom_fields, deleted_at), update (type, subject, description, status, due_date, completed_at, duration_minutes, owner_id, private_to, contact_id,
    deal_id, location, outcome, priority, reminder_at, reminded_at, custom_fields, deleted_at), delete on activities to bulkhead_app;
grant select on activities to bulkhead_auditor;
grant select, insert, update, delete on activities to bulkhead_gate;
create trigger audit after insert or delete or update on activities for each row execute function gate.audit('{}', '{search_text}');
create trigger contact_on_change before update of contact_id on activities for each row when (new.contact_id is not null and new.contact_id is distinct from old.contact_id) execute function app.contact_is_seen();
create trigger contact_on_create before insert on activities for each row when (new.contact_id is not null) execute function app.contact_is_seen();
create trigger deal_on_change before update of deal_id on activities for each row when (new.deal_id is not null and new.deal_id is distinct from old.deal_id) execute function app.deal_is_seen();
create trigger deal_on_create before insert on activities for each row when (new.deal_id is not null) execute function app.deal_is_seen();
create trigger touch before update on activities for each row execute function app.touch();

create table api_key_uses (
  company_id uuid not null default app.cid(),
  id uuid not null,
  last_used_at timestamp with time zone not null default now(),
  constraint api_key_uses_pkey primary key (company_id, id),
  constraint api_key_uses_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint api_key_uses_company_id_id_fkey foreign key (company_id, id) references api_keys(company_id, id) on delete cascade
);
alter table api_key_uses enable row level security;
alter table api_key_uses force row level security;
create policy tenant on api_key_uses as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on api_key_uses as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
grant select on api_key_uses to bulkhead_app, bulkhead_auditor;
grant select, insert, update, delete on api_key_uses to bulkhead_gate;

create table api_keys (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  user_id uuid not null default app.uid(),
  name text not null,
  prefix text not null,
  key_hash bytea not null,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint api_keys_pkey primary key (company_id, id),
  constraint api_keys_company_id_key_hash_key unique (company_id, key_hash),
  constraint api_keys_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint api_keys_company_id_user_id_fkey foreign key (company_id, user_id) references users(company_id, id) on delete cascade,
  constraint api_keys_name_check check (length(name) >= 1 and length(name) <= 100)
);
create index api_keys_company_id_user_id_idx on public.api_keys using btree (company_id, user_id);
create index api_keys_key_hash_idx on public.api_keys using btree (key_hash);
alter table api_keys enable row level security;
alter table api_keys force row level security;
create policy tenant on api_keys as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on api_keys as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on api_keys as restrictive for all to bulkhead_app
  using (user_id = app.uid() or current_setting('app.owners'::text, true) = '*'::text)
  with check (user_id = app.uid() or current_setting('app.owners'::text, true) = '*'::text);
grant select, insert (user_id, name, prefix, key_hash, expires_at, revoked_at), update (user_id, name, prefix, key_hash, expires_at, revoked_at), delete on api_keys to bulkhead_app;
grant select on api_keys to bulkhead_auditor;
grant select, insert, update, delete on api_keys to bulkhead_gate;
create trigger audit after insert or delete or update on api_keys for each row execute function gate.audit('{key_hash}', '{}');
create trigger touch before update on api_keys for each row execute function app.touch();

create table audit_logs (
  company_id uuid not null,
  id uuid not null default app.uuid7(),
  user_id uuid,
  action text not null,
  resource_type text not null,
  resource_id uuid,
  changes jsonb not null default '{}'::jsonb,
  description text,
  ip_address inet,
  user_agent text,
  request_method text,
  request_path text,
  extra_data jsonb,
  created_at timestamp with time zone not null default now(),
  private_to uuid,
  constraint audit_logs_pkey primary key (company_id, id),
  constraint audit_logs_company_id_fkey foreign key (company_id) references companies(id) on delete cascade
);
create index audit_logs_company_id_resource_id_id_idx on public.audit_logs using btree (company_id, resource_id, id);
alter table audit_logs enable row level security;
alter table audit_logs force row level security;
create policy tenant on audit_logs as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on audit_logs as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on audit_logs as restrictive for all to bulkhead_app
  using (private_to is null or private_to = app.uid())
  with check (private_to is null or private_to = app.uid());
grant select on audit_logs to bulkhead_app, bulkhead_auditor;
grant select, insert, update, delete on audit_logs to bulkhead_gate;

create table audit_runs (
  id uuid not null default app.uuid7(),
  reason text not null,
  status text not null default 'waiting'::text,
  requested_by uuid,
  requested_by_email citext,
  requested_at timestamp with time zone not null default now(),
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  heard_at timestamp with time zone,
  done integer not null default 0,
  total integer not null default 0,
  rule text,
  report jsonb,
  error text,
  attempts integer not null default 0,
  constraint audit_runs_pkey primary key (id),
  constraint audit_runs_reason_check check (reason = any (array['asked'::text, 'nightly'::text])),
  constraint audit_runs_status_check check (status = any (array['waiting'::text, 'running'::text, 'done'::text, 'failed'::text]))
);
create unique index audit_runs_one_at_a_time on public.audit_runs using btree ((true)) where (status = any (array['waiting'::text, 'running'::text]));
create index audit_runs_requested_at_idx on public.audit_runs using btree (requested_at desc);
grant select on audit_runs to bulkhead_auditor;
grant select, insert, update, delete on audit_runs to bulkhead_gate;

create table audit_schedule (
  only_one boolean not null default true,
  nightly boolean not null default true,
  hour integer not null default 2,
  since timestamp with time zone not null default now(),
  constraint audit_schedule_pkey primary key (only_one),
  constraint audit_schedule_hour_check check (hour >= 0 and hour <= 23),
  constraint audit_schedule_only_one_check check (only_one)
);
grant select on audit_schedule to bulkhead_auditor;
grant select, insert, update, delete on audit_schedule to bulkhead_gate;

create table avatars (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  user_id uuid not null default app.uid(),
  content bytea not null,
  content_type text not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint avatars_pkey primary key (company_id, id),
  constraint avatars_company_id_user_id_key unique (company_id, user_id),
  constraint avatars_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint avatars_company_id_user_id_fkey foreign key (company_id, user_id) references users(company_id, id) on delete cascade,
  constraint avatars_content_check check (length(content) >= 12 and length(content) <= 2097152),
  constraint avatars_content_type_check check (content_type = any (array['image/png'::text, 'image/jpeg'::text, 'image/webp'::text]))
);
alter table avatars enable row level security;
alter table avatars force row level security;
create policy tenant on avatars as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on avatars as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
grant select, insert (user_id, content, content_type), update (user_id, content, content_type), delete on avatars to bulkhead_app;
grant select on avatars to bulkhead_auditor;
grant select, insert, update, delete on avatars to bulkhead_gate;
create trigger touch before update on avatars for each row execute function app.touch();

create table companies (
  id uuid not null default app.uuid7(),
  name text not null,
  plan text not null default 'trial'::text,
  status text not null default 'active'::text,
  suspended_reason text,
  email citext,
  phone text,
  address text,
  city text,
  state text,
  zip text,
  domain citext,
  logo_url text,
  timezone text not null default 'UTC'::text,
  currency text not null default 'USD'::text,
  subscription_status text not null default 'trialing'::text,
  trial_ends_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  deleted_at timestamp with time zone,
  is_canary boolean not null default false,
  language text not null default 'en'::text,
  constraint companies_pkey primary key (id),
  constraint companies_domain_key unique (domain),
  constraint companies_currency_check check (currency ~ '^[A-Z]{3}$'::text),
  constraint companies_language_check check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'::text and length(language) <= 10),
  constraint companies_name_check check (length(name) >= 1 and length(name) <= 255),
  constraint companies_status_check check (status = any (array['active'::text, 'suspended'::text, 'deleted'::text]))
);
create index companies_newest on public.companies using btree (created_at desc, id desc);
alter table companies enable row level security;
alter table companies force row level security;
create policy tenant on companies as permissive for all to bulkhead_app
  using (id = app.cid())
  with check (id = app.cid());
create policy tenant_floor on companies as restrictive for all to bulkhead_app
  using (id = app.cid())
  with check (id = app.cid());
grant select, update (name, email, phone, address, city, state, zip, logo_url, timezone, currency, language) on companies to bulkhead_app;
grant select on companies to bulkhead_auditor;
grant select, insert, update, delete on companies to bulkhead_gate;
create trigger audit after update on companies for each row execute function gate.audit_company();
create trigger touch before update on companies for each row execute function app.touch();

create table contacts (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  first_name character varying(100) not null,
  last_name character varying(100) not null,
  email citext,
  phone character varying(20),
  mobile character varying(20),
  company character varying(200),
  title character varying(100),
  type character varying(100),
  department character varying(100),
  website character varying(255),
  address_line1 character varying(255),
  address_line2 character varying(255),
  city character varying(100),
  state character varying(100),
  postal_code character varying(20),
  country character varying(100),
  status text not null default 'NEW'::text,
  source text,
  lead_score integer not null default 0,
  owner_id uuid not null default app.uid(),
  private_to uuid,
  tags text[] not null default '{}'::text[],
  custom_fields jsonb not null default '{}'::jsonb,
  notes text,
  linkedin_url character varying(255),
  twitter_handle character varying(100),
  merged_into_id uuid,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  search_text text generated always as (app.contact_text(first_name::text, last_name::text, email::text, company::text, phone::text, mobile::text)) stored,
  last_key text collate "C" generated always as (lower(last_name::text)) stored,
  first_key text collate "C" generated always as (lower(first_name::text)) stored,
  email_key text collate "C" generated always as (lower(email::text)) stored,
  company_key text collate "C" generated always as (lower(company::text)) stored,
  phone_key text collate "C" generated always as (app.phone_key(phone::text)) stored,
  mobile_key text collate "C" generated always as (app.phone_key(mobile::text)) stored,
  constraint contacts_pkey primary key (company_id, id),
  constraint contacts_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint contacts_company_id_merged_into_id_fkey foreign key (company_id, merged_into_id) references contacts(company_id, id),
  constraint contacts_company_id_owner_id_fkey foreign key (company_id, owner_id) references users(company_id, id),
  constraint contacts_email_check check (length(email::text) <= 255),
  constraint contacts_lead_score_check check (lead_score >= 0 and lead_score <= 1000),
  constraint contacts_source_check check (source = any (array['website'::text, 'referral'::text, 'linkedin'::text, 'cold_email'::text, 'trade_show'::text, 'social_media'::text, 'other'::text])),
  constraint contacts_status_check check (status = any (array['NEW'::text, 'LEAD'::text, 'PROSPECT'::text, 'CONTACTED'::text, 'QUALIFIED'::text, 'UNQUALIFIED'::text, 'CUSTOMER'::text, 'INACTIVE'::text]))
);
create index contacts_bin on public.contacts using btree (company_id, deleted_at, id) where (deleted_at is not null);
create index contacts_by_phone on public.contacts using btree (company_id, phone collate "C", id) where (deleted_at is null);
create index contacts_by_tag on public.contacts using btree (company_id, (tags[1]) collate "C", id) where (deleted_at is null);
create index contacts_changed on public.contacts using btree (company_id, updated_at, id) where (deleted_at is null);
create index contacts_company on public.contacts using btree (company_id, company_key, id) where (deleted_at is null);
create index contacts_email on public.contacts using btree (company_id, email_key, id) where (deleted_at is null);
create index contacts_first_name on public.contacts using btree (company_id, first_key, last_key, id) where (deleted_at is null);
create index contacts_merged on public.contacts using btree (company_id, merged_into_id) where (merged_into_id is not null);
create index contacts_mobile on public.contacts using btree (company_id, mobile_key, id) where ((deleted_at is null) and (mobile_key is not null));
create index contacts_name on public.contacts using btree (company_id, last_key, first_key, id) where (deleted_at is null);
create index contacts_newest on public.contacts using btree (company_id, created_at desc, id desc) where (deleted_at is null);
create index contacts_owner on public.contacts using btree (company_id, owner_id, created_at desc, id desc);
create index contacts_phone on public.contacts using btree (company_id, phone_key, id) where ((deleted_at is null) and (phone_key is not null));
create index contacts_score on public.contacts using btree (company_id, lead_score, id) where (deleted_at is null);
create index contacts_search on public.contacts using gin (company_id, search_text gin_trgm_ops) where (deleted_at is null);
create index contacts_status on public.contacts using btree (company_id, status, created_at, id) where (deleted_at is null);
alter table contacts enable row level security;
alter table contacts force row level security;
create policy tenant on contacts as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on contacts as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on contacts as restrictive for all to bulkhead_app
  using (app.sees(owner_id, private_to))
  with check (app.sees(owner_id, private_to));
grant select, insert (first_name, last_name, email, phone, mobile, company, title, type, department, website, address_line1,
    address_line2, city, state, postal_code, country, status, source, lead_score, owner_id, private_to, tags,
    custom_fields, notes, linkedin_url, twitter_handle, merged_into_id, deleted_at), update (first_name, last_name, email, phone, mobile, company, title, type, department, website, address_line1,
    address_line2, city, state, postal_code, country, status, source, lead_score, owner_id, private_to, tags,
    custom_fields, notes, linkedin_url, twitter_handle, merged_into_id, deleted_at), delete on contacts to bulkhead_app;
grant select on contacts to bulkhead_auditor;
grant select, insert, update, delete on contacts to bulkhead_gate;
create trigger audit after insert or delete or update on contacts for each row execute function gate.audit('{}', '{search_text,last_key,first_key,email_key,company_key,phone_key,mobile_key}');
create trigger tags_on_change after update of tags on contacts for each row when (new.tags <> '{}'::text[] and new.tags is distinct from old.tags) execute function gate.register_tags();
create trigger tags_on_create after insert on contacts for each row when (new.tags <> '{}'::text[]) execute function gate.register_tags();
create trigger touch before update on contacts for each row execute function app.touch();

create table custom_field_definitions (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  resource text not null,
  key text not null,
  label text not null,
  type text not null,
  options jsonb not null default '[]'::jsonb,
  is_required boolean not null default false,
  order_index integer not null default 0,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint custom_field_definitions_pkey primary key (company_id, id),
  constraint custom_field_definitions_company_id_resource_key_key unique (company_id, resource, key),
  constraint custom_field_definitions_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint custom_field_definitions_key_check check (key ~ '^[a-z][a-z0-9_]{0,49}$'::text),
  constraint custom_field_definitions_label_check check (length(label) >= 1 and length(label) <= 100),
  constraint custom_field_definitions_resource_check check (resource = any (array['contacts'::text, 'deals'::text, 'activities'::text])),
  constraint custom_field_definitions_type_check check (type = any (array['text'::text, 'number'::text, 'date'::text, 'boolean'::text, 'select'::text, 'multi_select'::text, 'url'::text, 'email'::text, 'phone'::text, 'money'::text]))
);
alter table custom_field_definitions enable row level security;
alter table custom_field_definitions force row level security;
create policy tenant on custom_field_definitions as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on custom_field_definitions as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
grant select, insert (resource, key, label, type, options, is_required, order_index, deleted_at), update (resource, key, label, type, options, is_required, order_index, deleted_at), delete on custom_field_definitions to bulkhead_app;
grant select on custom_field_definitions to bulkhead_auditor;
grant select, insert, update, delete on custom_field_definitions to bulkhead_gate;
create trigger audit after insert or delete or update on custom_field_definitions for each row execute function gate.audit('{}', '{}');
create trigger touch before update on custom_field_definitions for each row execute function app.touch();

create table deal_stage_history (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  deal_id uuid not null,
  from_stage_id uuid,
  to_stage_id uuid not null,
  moved_by uuid,
  value numeric(15,2) not null,
  seconds_in_stage bigint,
  created_at timestamp with time zone not null default now(),
  constraint deal_stage_history_pkey primary key (company_id, id),
  constraint deal_stage_history_company_id_deal_id_fkey foreign key (company_id, deal_id) references deals(company_id, id) on delete cascade,
  constraint deal_stage_history_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint deal_stage_history_company_id_from_stage_id_fkey foreign key (company_id, from_stage_id) references pipeline_stages(company_id, id),
  constraint deal_stage_history_company_id_to_stage_id_fkey foreign key (company_id, to_stage_id) references pipeline_stages(company_id, id)
);
create index deal_stage_history_company_id_deal_id_id_idx on public.deal_stage_history using btree (company_id, deal_id, id);
create index deal_stage_history_company_id_from_stage_id_idx on public.deal_stage_history using btree (company_id, from_stage_id);
create index deal_stage_history_company_id_to_stage_id_idx on public.deal_stage_history using btree (company_id, to_stage_id);
alter table deal_stage_history enable row level security;
alter table deal_stage_history force row level security;
create policy tenant on deal_stage_history as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on deal_stage_history as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on deal_stage_history as restrictive for all to bulkhead_app
  using (app.sees_deal(deal_id))
  with check (app.sees_deal(deal_id));
grant select on deal_stage_history to bulkhead_app, bulkhead_auditor;
grant select, insert, update, delete on deal_stage_history to bulkhead_gate;

create table deals (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  title text not null,
  description text,
  value numeric(15,2) not null default 0,
  currency text not null default 'USD'::text,
  pipeline_id uuid not null,
  stage_id uuid not null,
  status text not null default 'open'::text,
  owner_id uuid not null default app.uid(),
  private_to uuid,
  contact_id uuid,
  company character varying(255),
  expected_close_date date,
  actual_close_date date,
  stage_entered_at timestamp with time zone not null default now(),
  probability numeric(5,2) not null default 0,
  weighted_value numeric(15,2) generated always as (round(value * probability / 100::numeric, 2)) stored,
  won_reason character varying(255),
  lost_reason character varying(255),
  tags text[] not null default '{}'::text[],
  custom_fields jsonb not null default '{}'::jsonb,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  search_text text generated always as (lower((title || ' '::text) || coalesce(company, ''::character varying)::text)) stored,
  constraint deals_pkey primary key (company_id, id),
  constraint deals_company_id_contact_id_fkey foreign key (company_id, contact_id) references contacts(company_id, id),
  constraint deals_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint deals_company_id_owner_id_fkey foreign key (company_id, owner_id) references users(company_id, id),
  constraint deals_company_id_pipeline_id_fkey foreign key (company_id, pipeline_id) references pipelines(company_id, id),
  constraint deals_company_id_pipeline_id_stage_id_fkey foreign key (company_id, pipeline_id, stage_id) references pipeline_stages(company_id, pipeline_id, id),
  constraint deals_currency_check check (currency ~ '^[A-Z]{3}$'::text),
  constraint deals_probability_check check (probability >= 0::numeric and probability <= 100::numeric),
  constraint deals_status_check check (status = any (array['open'::text, 'won'::text, 'lost'::text, 'abandoned'::text])),
  constraint deals_title_check check (length(title) >= 1 and length(title) <= 255),
  constraint deals_value_check check (value >= 0::numeric)
);
create index deals_board on public.deals using btree (company_id, pipeline_id, stage_id, stage_entered_at desc, id desc) include (owner_id, private_to, status, currency, value, weighted_value) where (deleted_at is null);
create index deals_close on public.deals using btree (company_id, expected_close_date, id) where (deleted_at is null);
create index deals_closing on public.deals using btree (company_id, expected_close_date) where ((deleted_at is null) and (status = 'open'::text));
create index deals_contact on public.deals using btree (company_id, contact_id);
create index deals_newest on public.deals using btree (company_id, created_at desc, id desc) where (deleted_at is null);
create index deals_owner on public.deals using btree (company_id, owner_id, created_at desc, id desc);
create index deals_search on public.deals using gin (company_id, search_text gin_trgm_ops) where (deleted_at is null);
create index deals_title on public.deals using btree (company_id, title collate "C", id) where (deleted_at is null);
create index deals_updated on public.deals using btree (company_id, updated_at desc, id desc) where (deleted_at is null);
create index deals_value on public.deals using btree (company_id, value desc, id desc) where (deleted_at is null);
create index deals_won on public.deals using btree (company_id, actual_close_date) where ((deleted_at is null) and (status = 'won'::text));
alter table deals enable row level security;
alter table deals force row level security;
create policy tenant on deals as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on deals as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on deals as restrictive for all to bulkhead_app
  using (app.sees(owner_id, private_to))
  with check (app.sees(owner_id, private_to));
grant select, insert (title, description, value, currency, pipeline_id, stage_id, status, owner_id, private_to, contact_id, company,
    expected_close_date, actual_close_date, stage_entered_at, probability, won_reason, lost_reason, tags,
    custom_fields, deleted_at), update (title, description, value, currency, pipeline_id, stage_id, status, owner_id, private_to, contact_id, company,
    expected_close_date, actual_close_date, stage_entered_at, probability, won_reason, lost_reason, tags,
    custom_fields, deleted_at), delete on deals to bulkhead_app;
grant select on deals to bulkhead_auditor;
grant select, insert, update, delete on deals to bulkhead_gate;
create trigger audit after insert or delete or update on deals for each row execute function gate.audit('{}', '{weighted_value,search_text}');
create trigger contact_on_change before update of contact_id on deals for each row when (new.contact_id is not null and new.contact_id is distinct from old.contact_id) execute function app.contact_is_seen();
create trigger contact_on_create before insert on deals for each row when (new.contact_id is not null) execute function app.contact_is_seen();
create trigger stage_on_create after insert on deals for each row execute function gate.deal_entered_stage();
create trigger stage_on_move after update of stage_id on deals for each row when (old.stage_id is distinct from new.stage_id) execute function gate.deal_entered_stage();
create trigger tags_on_change after update of tags on deals for each row when (new.tags <> '{}'::text[] and new.tags is distinct from old.tags) execute function gate.register_tags();
create trigger tags_on_create after insert on deals for each row when (new.tags <> '{}'::text[]) execute function gate.register_tags();
create trigger touch before update on deals for each row execute function app.touch();

create table denials (
  id uuid not null default app.uuid7(),
  about_company_id uuid,
  user_id uuid,
  method text not null,
  route text not null,
  path text,
  status smallint not null,
  problem text not null,
  detail text,
  times integer not null default 1,
  last_at timestamp with time zone not null default now(),
  constraint denials_pkey primary key (id)
);
create index denials_about_company_id_id_idx on public.denials using btree (about_company_id, id);
grant select on denials to bulkhead_auditor;
grant select, insert, update, delete on denials to bulkhead_gate;

create table email_changes (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  user_id uuid not null default app.uid(),
  email citext not null,
  token_hash bytea not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint email_changes_pkey primary key (company_id, id),
  constraint email_changes_company_id_token_hash_key unique (company_id, token_hash),
  constraint email_changes_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint email_changes_company_id_user_id_fkey foreign key (company_id, user_id) references users(company_id, id) on delete cascade,
  constraint email_changes_email_check check (length(email::text) <= 255)
);
create index email_changes_company_id_user_id_idx on public.email_changes using btree (company_id, user_id);
alter table email_changes enable row level security;
alter table email_changes force row level security;
create policy tenant on email_changes as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on email_changes as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on email_changes as restrictive for all to bulkhead_app
  using (user_id = app.uid())
  with check (user_id = app.uid());
grant select, insert (user_id, email, token_hash, expires_at, used_at), update (user_id, email, token_hash, expires_at, used_at), delete on email_changes to bulkhead_app;
grant select on email_changes to bulkhead_auditor;
grant select, insert, update, delete on email_changes to bulkhead_gate;

create table idempotency_keys (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  user_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  response jsonb,
  created_at timestamp with time zone not null default now(),
  settled_at timestamp with time zone,
  made_id uuid,
  constraint idempotency_keys_pkey primary key (company_id, id),
  constraint idempotency_keys_company_id_user_id_key_key unique (company_id, user_id, key),
  constraint idempotency_keys_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint idempotency_keys_company_id_user_id_fkey foreign key (company_id, user_id) references users(company_id, id) on delete cascade,
  constraint idempotency_keys_key_check check (length(key) >= 1 and length(key) <= 255)
);
create index idempotency_keys_company_id_created_at_idx on public.idempotency_keys using btree (company_id, created_at);
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy tenant on idempotency_keys as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on idempotency_keys as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
grant select, insert (user_id, key, request_hash, status, response), update (user_id, key, request_hash, status, response), delete on idempotency_keys to bulkhead_app;
grant select on idempotency_keys to bulkhead_auditor;
grant select, insert, update, delete on idempotency_keys to bulkhead_gate;

create table import_changes (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  import_id uuid not null,
  contact_id uuid not null,
  row_number integer not null,
  action text not null,
  contact_version integer not null,
  before jsonb not null default '{}'::jsonb,
  after jsonb not null default '{}'::jsonb,
  undo text,
  undo_reason text,
  created_at timestamp with time zone not null default now(),
  constraint import_changes_pkey primary key (company_id, id),
  constraint import_changes_company_id_import_id_contact_id_key unique (company_id, import_id, contact_id),
  constraint import_changes_company_id_contact_id_fkey foreign key (company_id, contact_id) references contacts(company_id, id) on delete cascade,
  constraint import_changes_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint import_changes_company_id_import_id_fkey foreign key (company_id, import_id) references imports(company_id, id) on delete cascade,
  constraint import_changes_action_check check (action = any (array['created'::text, 'updated'::text])),
  constraint import_changes_undo_check check (undo = any (array['undone'::text, 'partly'::text, 'kept'::text]))
);
create index import_changes_contact on public.import_changes using btree (company_id, contact_id);
create index import_changes_kept on public.import_changes using btree (company_id, import_id, row_number, id) where (undo = any (array['partly'::text, 'kept'::text]));
create index import_changes_to_undo on public.import_changes using btree (company_id, import_id, id) where (undo is null);
alter table import_changes enable row level security;
alter table import_changes force row level security;
create policy tenant on import_changes as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on import_changes as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on import_changes as restrictive for all to bulkhead_app
  using (app.sees_import(import_id))
  with check (app.sees_import(import_id));
grant select, insert (import_id, contact_id, row_number, action, contact_version, before, after, undo, undo_reason), update (import_id, contact_id, row_number, action, contact_version, before, after, undo, undo_reason), delete on import_changes to bulkhead_app;
grant select on import_changes to bulkhead_auditor;
grant select, insert, update, delete on import_changes to bulkhead_gate;

create table import_errors (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  import_id uuid not null,
  row_number integer not null,
  failed boolean not null,
  problems jsonb not null,
  cells jsonb not null,
  created_at timestamp with time zone not null default now(),
  constraint import_errors_pkey primary key (company_id, id),
  constraint import_errors_company_id_import_id_row_number_key unique (company_id, import_id, row_number),
  constraint import_errors_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint import_errors_company_id_import_id_fkey foreign key (company_id, import_id) references imports(company_id, id) on delete cascade
);
alter table import_errors enable row level security;
alter table import_errors force row level security;
create policy tenant on import_errors as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on import_errors as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on import_errors as restrictive for all to bulkhead_app
  using (app.sees_import(import_id))
  with check (app.sees_import(import_id));
grant select, insert (import_id, row_number, failed, problems, cells), update (import_id, row_number, failed, problems, cells), delete on import_errors to bulkhead_app;
grant select on import_errors to bulkhead_auditor;
grant select, insert, update, delete on import_errors to bulkhead_gate;

create table imports (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  user_id uuid default app.uid(),
  kind text not null,
  file_name text not null,
  file_key text not null,
  file_bytes bigint not null,
  file_hash bytea not null,
  source text not null,
  headers jsonb not null,
  mapping jsonb not null,
  mode text not null default 'skip'::text,
  match_by text not null default 'email'::text,
  default_status text not null default 'NEW'::text,
  contact_owner_id uuid,
  tags text[] not null default '{}'::text[],
  default_country text,
  status text not null default 'ready'::text,
  failure_code text,
  failure_message text,
  "position" integer not null default 0,
  rows_total integer,
  rows_done integer not null default 0,
  rows_created integer not null default 0,
  rows_updated integer not null default 0,
  rows_skipped integer not null default 0,
  rows_failed integer not null default 0,
  rows_with_warnings integer not null default 0,
  contacts_undone integer not null default 0,
  contacts_kept integer not null default 0,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint imports_pkey primary key (company_id, id),
  constraint imports_company_id_file_key_key unique (company_id, file_key),
  constraint imports_company_id_contact_owner_id_fkey foreign key (company_id, contact_owner_id) references users(company_id, id),
  constraint imports_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint imports_company_id_user_id_fkey foreign key (company_id, user_id) references users(company_id, id),
  constraint imports_default_country_check check (default_country ~ '^[A-Z]{2}$'::text),
  constraint imports_default_status_check check (default_status = any (array['NEW'::text, 'LEAD'::text, 'PROSPECT'::text, 'CONTACTED'::text, 'QUALIFIED'::text, 'UNQUALIFIED'::text, 'CUSTOMER'::text, 'INACTIVE'::text])),
  constraint imports_file_key_check check (file_key ~ '^[0-9a-f-]{36}$'::text),
  constraint imports_file_name_check check (length(file_name) >= 1 and length(file_name) <= 255),
  constraint imports_kind_check check (kind = any (array['csv'::text, 'xlsx'::text])),
  constraint imports_match_by_check check (match_by = any (array['email'::text, 'phone'::text])),
  constraint imports_mode_check check (mode = any (array['skip'::text, 'update'::text, 'create'::text])),
  constraint imports_status_check check (status = any (array['ready'::text, 'queued'::text, 'running'::text, 'finished'::text, 'failed'::text, 'cancelled'::text, 'undo_queued'::text, 'undoing'::text, 'undone'::text]))
);
create unique index imports_at_work on public.imports using btree (company_id) where (status = any (array['running'::text, 'undoing'::text]));
create index imports_contact_owner on public.imports using btree (company_id, contact_owner_id);
create index imports_newest on public.imports using btree (company_id, created_at desc, id desc);
create index imports_user on public.imports using btree (company_id, user_id);
alter table imports enable row level security;
alter table imports force row level security;
create policy tenant on imports as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on imports as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on imports as restrictive for all to bulkhead_app
  using (app.sees(user_id, null::uuid))
  with check (app.sees(user_id, null::uuid));
grant select, insert (user_id, kind, file_name, file_key, file_bytes, file_hash, source, headers, mapping, mode, match_by,
    default_status, contact_owner_id, tags, default_country, status, failure_code, failure_message, "position",
    rows_total, rows_done, rows_created, rows_updated, rows_skipped, rows_failed, rows_with_warnings,
    contacts_undone, contacts_kept, started_at, finished_at), update (user_id, kind, file_name, file_key, file_bytes, file_hash, source, headers, mapping, mode, match_by,
    default_status, contact_owner_id, tags, default_country, status, failure_code, failure_message, "position",
    rows_total, rows_done, rows_created, rows_updated, rows_skipped, rows_failed, rows_with_warnings,
    contacts_undone, contacts_kept, started_at, finished_at), delete on imports to bulkhead_app;
grant select on imports to bulkhead_auditor;
grant select, insert, update, delete on imports to bulkhead_gate;
create trigger audit after insert or delete or update of status, mapping, mode, match_by, default_status, contact_owner_id, tags, default_country on imports for each row execute function gate.audit('{file_key,file_hash}', '{}');
create trigger touch before update on imports for each row execute function app.touch();

create table invitations (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  email citext not null,
  user_role text not null,
  team_id uuid,
  token_hash bytea not null,
  invited_by uuid default app.uid(),
  message text,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  sent_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  first_name text,
  last_name text,
  user_id uuid,
  constraint invitations_pkey primary key (company_id, id),
  constraint invitations_company_id_token_hash_key unique (company_id, token_hash),
  constraint invitations_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint invitations_company_id_invited_by_fkey foreign key (company_id, invited_by) references users(company_id, id),
  constraint invitations_company_id_team_id_fkey foreign key (company_id, team_id) references teams(company_id, id),
  constraint invitations_company_id_user_id_fkey foreign key (company_id, user_id) references users(company_id, id),
  constraint invitations_first_name_check check (length(first_name) <= 100),
  constraint invitations_last_name_check check (length(last_name) <= 100),
  constraint invitations_user_role_check check (user_role = any (array['company_admin'::text, 'sales_manager'::text, 'sales_rep'::text]))
);
create index invitations_company_id_email_idx on public.invitations using btree (company_id, email);
create index invitations_company_id_invited_by_idx on public.invitations using btree (company_id, invited_by);
create index invitations_company_id_team_id_idx on public.invitations using btree (company_id, team_id);
create index invitations_company_id_user_id_idx on public.invitations using btree (company_id, user_id);
create index invitations_newest on public.invitations using btree (company_id, created_at desc, id desc);
create unique index invitations_pending on public.invitations using btree (company_id, email) where ((accepted_at is null) and (revoked_at is null));
alter table invitations enable row level security;
alter table invitations force row level security;
create policy tenant on invitations as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on invitations as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
grant select, insert (email, user_role, team_id, token_hash, invited_by, message, expires_at, accepted_at, revoked_at, sent_at,
    first_name, last_name, user_id), update (email, user_role, team_id, token_hash, invited_by, message, expires_at, accepted_at, revoked_at, sent_at,
    first_name, last_name, user_id), delete on invitations to bulkhead_app;
grant select on invitations to bulkhead_auditor;
grant select, insert, update, delete on invitations to bulkhead_gate;
create trigger audit after insert or delete or update on invitations for each row execute function gate.audit('{token_hash}', '{}');
create trigger touch before update on invitations for each row execute function app.touch();

create table jobs (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  name text not null,
  payload jsonb not null default '{}'::jsonb,
  user_id uuid default app.uid(),
  owners text not null default '*'::text,
  origin jsonb,
  key text,
  status text not null default 'waiting'::text,
  priority smallint not null default 0,
  run_at timestamp with time zone not null default now(),
  attempts smallint not null default 0,
  max_attempts smallint not null default 10,
  last_error text,
  worker uuid,
  leased_until timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint jobs_pkey primary key (company_id, id),
  constraint jobs_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint jobs_company_id_user_id_fkey foreign key (company_id, user_id) references users(company_id, id) on delete cascade,
  constraint jobs_check check ((status = 'running'::text) = (worker is not null and leased_until is not null)),
  constraint jobs_key_check check (length(key) >= 1 and length(key) <= 255),
  constraint jobs_max_attempts_check check (max_attempts >= 1 and max_attempts <= 100),
  constraint jobs_name_check check (length(name) >= 1 and length(name) <= 100),
  constraint jobs_priority_check check (priority >= 0 and priority <= 9),
  constraint jobs_status_check check (status = any (array['scheduled'::text, 'waiting'::text, 'running'::text, 'failed'::text]))
);
create index jobs_company_id_user_id on public.jobs using btree (company_id, user_id) where (user_id is not null);
create unique index jobs_due on public.jobs using btree (run_at, company_id, id) where (status = 'scheduled'::text);
create unique index jobs_key on public.jobs using btree (company_id, key) where (status = any (array['scheduled'::text, 'waiting'::text]));
create index jobs_running on public.jobs using btree (company_id, leased_until) where (status = 'running'::text);
create index jobs_waiting on public.jobs using btree (company_id, priority, run_at, id) where (status = 'waiting'::text);
alter table jobs enable row level security;
alter table jobs force row level security;
create policy tenant on jobs as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on jobs as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on jobs as restrictive for all to bulkhead_app
  using (app.sees(user_id, null::uuid))
  with check (app.sees(user_id, null::uuid));
grant select on jobs to bulkhead_app, bulkhead_auditor;
grant select, insert, update, delete on jobs to bulkhead_gate;
create trigger import_follows_job after update of status on jobs for each row when ((new.name = any (array['imports.run'::text, 'imports.undo'::text])) and (new.status = 'failed'::text) <> (old.status = 'failed'::text)) execute function gate.import_follows_job();

create table login_attempts (
  key bytea not null,
  failed integer not null,
  last_at timestamp with time zone not null default now(),
  locked_until timestamp with time zone,
  constraint login_attempts_pkey primary key (key)
);
create index login_attempts_last_at_idx on public.login_attempts using btree (last_at);
grant select on login_attempts to bulkhead_auditor;
grant select, insert, update, delete on login_attempts to bulkhead_gate;

create table login_identities (
  id uuid not null default app.uuid7(),
  email citext not null,
  company_id uuid,
  user_id uuid,
  is_super_admin boolean not null default false,
  first_name text,
  last_name text,
  password_hash text,
  password_changed_at timestamp with time zone not null default now(),
  totp_secret text,
  totp_confirmed_at timestamp with time zone,
  totp_last_step bigint,
  recovery_codes text[] not null default '{}'::text[],
  created_at timestamp with time zone not null default now(),
  constraint login_identities_pkey primary key (id),
  constraint login_identities_email_key unique (email),
  constraint login_identities_company_id_user_id_fkey foreign key (company_id, user_id) references users(company_id, id) on delete cascade,
  constraint login_identities_check check ((company_id is null) = (user_id is null)),
  constraint login_identities_check1 check (is_super_admin = (company_id is null))
);
create unique index login_identities_company_id_user_id_idx on public.login_identities using btree (company_id, user_id);
grant select on login_identities to bulkhead_auditor;
grant select, insert, update, delete on login_identities to bulkhead_gate;

create table notes (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  body text not null,
  author_id uuid default app.uid(),
  contact_id uuid,
  deal_id uuid,
  pinned_at timestamp with time zone,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint notes_pkey primary key (company_id, id),
  constraint notes_company_id_author_id_fkey foreign key (company_id, author_id) references users(company_id, id),
  constraint notes_company_id_contact_id_fkey foreign key (company_id, contact_id) references contacts(company_id, id),
  constraint notes_company_id_deal_id_fkey foreign key (company_id, deal_id) references deals(company_id, id),
  constraint notes_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint notes_body_check check (length(body) >= 1 and length(body) <= 50000),
  constraint notes_check check (num_nonnulls(contact_id, deal_id) >= 1)
);
create index notes_company_id_author_id_idx on public.notes using btree (company_id, author_id);
create index notes_company_id_contact_id_id_idx on public.notes using btree (company_id, contact_id, id);
create index notes_company_id_deal_id_id_idx on public.notes using btree (company_id, deal_id, id);
alter table notes enable row level security;
alter table notes force row level security;
create policy tenant on notes as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on notes as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on notes as restrictive for all to bulkhead_app
  using (
case
    when deal_id is null then true
    else app.sees_deal(deal_id)
end and
case
    when contact_id is null then true
    else app.sees_contact(contact_id)
end)
  with check (
case
    when deal_id is null then true
    else app.sees_deal(deal_id)
end and
case
    when contact_id is null then true
    else app.sees_contact(contact_id)
end);
grant select, insert (body, author_id, contact_id, deal_id, pinned_at, deleted_at), update (body, author_id, contact_id, deal_id, pinned_at, deleted_at), delete on notes to bulkhead_app;
grant select on notes to bulkhead_auditor;
grant select, insert, update, delete on notes to bulkhead_gate;
create trigger audit after insert or delete or update on notes for each row execute function gate.audit('{}', '{}');
create trigger contact_on_change before update of contact_id on notes for each row when (new.contact_id is not null and new.contact_id is distinct from old.contact_id) execute function app.contact_is_seen();
create trigger contact_on_create before insert on notes for each row when (new.contact_id is not null) execute function app.contact_is_seen();
create trigger deal_on_change before update of deal_id on notes for each row when (new.deal_id is not null and new.deal_id is distinct from old.deal_id) execute function app.deal_is_seen();
create trigger deal_on_create before insert on notes for each row when (new.deal_id is not null) execute function app.deal_is_seen();
create trigger touch before update on notes for each row execute function app.touch();

create table notifications (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  title text not null,
  message text not null,
  type text not null default 'info'::text,
  link text,
  user_id uuid not null default app.uid(),
  read_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  key text,
  params jsonb not null default '{}'::jsonb,
  constraint notifications_pkey primary key (company_id, id),
  constraint notifications_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint notifications_company_id_user_id_fkey foreign key (company_id, user_id) references users(company_id, id) on delete cascade,
  constraint notifications_key_check check (key ~ '^[a-z][a-z_]{0,49}$'::text),
  constraint notifications_link_check check (length(link) <= 500),
  constraint notifications_params_check check (jsonb_typeof(params) = 'object'::text),
  constraint notifications_title_check check (length(title) <= 255),
  constraint notifications_type_check check (type = any (array['info'::text, 'success'::text, 'warning'::text, 'error'::text]))
);
create index notifications_company_id_user_id_id_idx on public.notifications using btree (company_id, user_id, id desc);
create index notifications_unread on public.notifications using btree (company_id, user_id) where (read_at is null);
alter table notifications enable row level security;
alter table notifications force row level security;
create policy tenant on notifications as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on notifications as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on notifications as restrictive for all to bulkhead_app
  using (user_id = app.uid())
  with check (user_id = app.uid());
grant select, insert (title, message, type, link, user_id, read_at), update (title, message, type, link, user_id, read_at), delete on notifications to bulkhead_app;
grant select on notifications to bulkhead_auditor;
grant select, insert, update, delete on notifications to bulkhead_gate;

create table password_resets (
  id uuid not null default app.uuid7(),
  identity_id uuid not null,
  token_hash bytea not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint password_resets_pkey primary key (id),
  constraint password_resets_token_hash_key unique (token_hash),
  constraint password_resets_identity_id_fkey foreign key (identity_id) references login_identities(id) on delete cascade
);
create index password_resets_identity_id_idx on public.password_resets using btree (identity_id);
grant select on password_resets to bulkhead_auditor;
grant select, insert, update, delete on password_resets to bulkhead_gate;

create table pipeline_stages (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  pipeline_id uuid not null,
  name text not null,
  description text,
  order_index integer not null,
  probability numeric(5,2) not null default 0,
  is_closed boolean not null default false,
  is_won boolean not null default false,
  rotting_days integer,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint pipeline_stages_pkey primary key (company_id, id),
  constraint pipeline_stages_company_id_pipeline_id_id_key unique (company_id, pipeline_id, id),
  constraint pipeline_stages_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint pipeline_stages_company_id_pipeline_id_fkey foreign key (company_id, pipeline_id) references pipelines(company_id, id) on delete cascade,
  constraint pipeline_stages_check check (is_closed or not is_won),
  constraint pipeline_stages_description_check check (length(description) <= 500),
  constraint pipeline_stages_name_check check (length(name) >= 1 and length(name) <= 100),
  constraint pipeline_stages_probability_check check (probability >= 0::numeric and probability <= 100::numeric),
  constraint pipeline_stages_rotting_days_check check (rotting_days > 0)
);
create index pipeline_stages_company_id_pipeline_id_order_index_idx on public.pipeline_stages using btree (company_id, pipeline_id, order_index);
alter table pipeline_stages enable row level security;
alter table pipeline_stages force row level security;
create policy tenant on pipeline_stages as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on pipeline_stages as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
grant select, insert (pipeline_id, name, description, order_index, probability, is_closed, is_won, rotting_days, deleted_at), update (pipeline_id, name, description, order_index, probability, is_closed, is_won, rotting_days, deleted_at), delete on pipeline_stages to bulkhead_app;
grant select on pipeline_stages to bulkhead_auditor;
grant select, insert, update, delete on pipeline_stages to bulkhead_gate;
create trigger audit after insert or delete or update on pipeline_stages for each row execute function gate.audit('{}', '{}');
create trigger touch before update on pipeline_stages for each row execute function app.touch();

create table pipelines (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  name text not null,
  description text,
  is_default boolean not null default false,
  order_index integer not null default 0,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint pipelines_pkey primary key (company_id, id),
  constraint pipelines_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint pipelines_description_check check (length(description) <= 500),
  constraint pipelines_name_check check (length(name) >= 1 and length(name) <= 100)
);
create unique index pipelines_default on public.pipelines using btree (company_id) where (is_default and (deleted_at is null));
alter table pipelines enable row level security;
alter table pipelines force row level security;
create policy tenant on pipelines as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on pipelines as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
grant select, insert (name, description, is_default, order_index, deleted_at), update (name, description, is_default, order_index, deleted_at), delete on pipelines to bulkhead_app;
grant select on pipelines to bulkhead_auditor;
grant select, insert, update, delete on pipelines to bulkhead_gate;
create trigger audit after insert or delete or update on pipelines for each row execute function gate.audit('{}', '{}');
create trigger touch before update on pipelines for each row execute function app.touch();

create table platform_audit (
  id uuid not null default app.uuid7(),
  actor_id uuid not null,
  actor_email citext not null,
  action text not null,
  about_company_id uuid,
  reason text,
  details jsonb not null default '{}'::jsonb,
  ip_address inet,
  created_at timestamp with time zone not null default now(),
  constraint platform_audit_pkey primary key (id)
);
create index platform_audit_about_company_id_created_at_idx on public.platform_audit using btree (about_company_id, created_at);
grant select on platform_audit to bulkhead_auditor;
grant select, insert, update, delete on platform_audit to bulkhead_gate;

create table platform_refresh_tokens (
  id uuid not null default app.uuid7(),
  session_id uuid not null,
  token_hash bytea not null,
  used_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  constraint platform_refresh_tokens_pkey primary key (id),
  constraint platform_refresh_tokens_token_hash_key unique (token_hash),
  constraint platform_refresh_tokens_session_id_fkey foreign key (session_id) references platform_sessions(id) on delete cascade
);
create index platform_refresh_tokens_session_id_idx on public.platform_refresh_tokens using btree (session_id);
grant select on platform_refresh_tokens to bulkhead_auditor;
grant select, insert, update, delete on platform_refresh_tokens to bulkhead_gate;

create table platform_sessions (
  id uuid not null default app.uuid7(),
  identity_id uuid not null,
  ip_address inet,
  user_agent text,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint platform_sessions_pkey primary key (id),
  constraint platform_sessions_identity_id_fkey foreign key (identity_id) references login_identities(id) on delete cascade
);
create index platform_sessions_identity_id_idx on public.platform_sessions using btree (identity_id);
grant select on platform_sessions to bulkhead_auditor;
grant select, insert, update, delete on platform_sessions to bulkhead_gate;

create table probe_runs (
  id uuid not null default app.uuid7(),
  reason text not null,
  status text not null default 'waiting'::text,
  requested_by uuid,
  requested_by_email citext,
  requested_at timestamp with time zone not null default now(),
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  heard_at timestamp with time zone,
  done integer not null default 0,
  total integer not null default 0,
  endpoint text,
  report jsonb,
  error text,
  constraint probe_runs_pkey primary key (id),
  constraint probe_runs_reason_check check (reason = any (array['asked'::text, 'nightly'::text, 'command'::text])),
  constraint probe_runs_status_check check (status = any (array['waiting'::text, 'running'::text, 'done'::text, 'failed'::text]))
);
create unique index probe_runs_one_at_a_time on public.probe_runs using btree ((true)) where (status = any (array['waiting'::text, 'running'::text]));
create index probe_runs_requested_at_idx on public.probe_runs using btree (requested_at desc);
grant select on probe_runs to bulkhead_auditor;
grant select, insert, update, delete on probe_runs to bulkhead_gate;

create table probe_schedule (
  only_one boolean not null default true,
  nightly boolean not null default false,
  hour integer not null default 3,
  since timestamp with time zone not null default now(),
  constraint probe_schedule_pkey primary key (only_one),
  constraint probe_schedule_hour_check check (hour >= 0 and hour <= 23),
  constraint probe_schedule_only_one_check check (only_one)
);
grant select on probe_schedule to bulkhead_auditor;
grant select, insert, update, delete on probe_schedule to bulkhead_gate;

create table refresh_tokens (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  session_id uuid not null,
  token_hash bytea not null,
  used_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  constraint refresh_tokens_pkey primary key (company_id, id),
  constraint refresh_tokens_company_id_token_hash_key unique (company_id, token_hash),
  constraint refresh_tokens_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint refresh_tokens_company_id_session_id_fkey foreign key (company_id, session_id) references sessions(company_id, id) on delete cascade
);
create index refresh_tokens_company_id_session_id_idx on public.refresh_tokens using btree (company_id, session_id);
alter table refresh_tokens enable row level security;
alter table refresh_tokens force row level security;
create policy tenant on refresh_tokens as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on refresh_tokens as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on refresh_tokens as restrictive for all to bulkhead_app
  using (false)
  with check (false);
grant select on refresh_tokens to bulkhead_app, bulkhead_auditor;
grant select, insert, update, delete on refresh_tokens to bulkhead_gate;

create table roles (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  name text not null,
  description text,
  permissions jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint roles_pkey primary key (company_id, id),
  constraint roles_company_id_name_key unique (company_id, name),
  constraint roles_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint roles_name_check check (length(name) >= 1 and length(name) <= 50)
);
alter table roles enable row level security;
alter table roles force row level security;
create policy tenant on roles as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on roles as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
grant select, insert (name, description, permissions), update (name, description, permissions), delete on roles to bulkhead_app;
grant select on roles to bulkhead_auditor;
grant select, insert, update, delete on roles to bulkhead_gate;
create trigger audit after insert or delete or update on roles for each row execute function gate.audit('{}', '{}');
create trigger touch before update on roles for each row execute function app.touch();

create table saved_views (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  resource text not null,
  name text not null,
  definition jsonb not null default '{}'::jsonb,
  owner_id uuid not null default app.uid(),
  is_shared boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint saved_views_pkey primary key (company_id, id),
  constraint saved_views_company_id_owner_id_resource_name_key unique (company_id, owner_id, resource, name),
  constraint saved_views_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint saved_views_company_id_owner_id_fkey foreign key (company_id, owner_id) references users(company_id, id) on delete cascade,
  constraint saved_views_name_check check (length(name) >= 1 and length(name) <= 100),
  constraint saved_views_resource_check check (resource = any (array['contacts'::text, 'deals'::text, 'activities'::text]))
);
alter table saved_views enable row level security;
alter table saved_views force row level security;
create policy changed_by_owner on saved_views as restrictive for update to bulkhead_app
  using (owner_id = app.uid() or current_setting('app.owners'::text, true) = '*'::text)
  with check (owner_id = app.uid() or current_setting('app.owners'::text, true) = '*'::text);
create policy deleted_by_owner on saved_views as restrictive for delete to bulkhead_app
  using (owner_id = app.uid() or current_setting('app.owners'::text, true) = '*'::text);
create policy made_for_oneself on saved_views as restrictive for insert to bulkhead_app
  with check (owner_id = app.uid());
create policy tenant on saved_views as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on saved_views as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on saved_views as restrictive for all to bulkhead_app
  using (owner_id = app.uid() or is_shared)
  with check (owner_id = app.uid() or is_shared);
grant select, insert (resource, name, definition, owner_id, is_shared), update (resource, name, definition, owner_id, is_shared), delete on saved_views to bulkhead_app;
grant select on saved_views to bulkhead_auditor;
grant select, insert, update, delete on saved_views to bulkhead_gate;
create trigger audit after insert or delete or update on saved_views for each row execute function gate.audit('{}', '{}');
create trigger touch before update on saved_views for each row execute function app.touch();

create table security_logs (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  event_type text not null,
  severity text not null default 'info'::text,
  user_id uuid,
  user_email citext,
  description text not null,
  details jsonb not null default '{}'::jsonb,
  ip_address inet,
  user_agent text,
  location text,
  action_taken text,
  created_at timestamp with time zone not null default now(),
  constraint security_logs_pkey primary key (company_id, id),
  constraint security_logs_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint security_logs_event_type_check check (event_type = any (array['login_success'::text, 'login_failed'::text, 'logout'::text, 'password_changed'::text, 'password_reset'::text, 'account_locked'::text, 'suspicious_activity'::text, 'permission_denied'::text, 'acting_started'::text, 'acting_ended'::text, 'session_ended'::text, 'totp_enabled'::text, 'totp_disabled'::text, 'registered'::text])),
  constraint security_logs_severity_check check (severity = any (array['info'::text, 'warning'::text, 'critical'::text]))
);
create index security_logs_acting_ended on public.security_logs using btree (company_id, ((details ->> 'session_id'::text))) where (event_type = 'acting_ended'::text);
create index security_logs_acting_started on public.security_logs using btree (company_id, created_at desc, id desc) where (event_type = 'acting_started'::text);
create index security_logs_company_id_created_at_idx on public.security_logs using btree (company_id, created_at);
alter table security_logs enable row level security;
alter table security_logs force row level security;
create policy tenant on security_logs as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on security_logs as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
grant select, insert (event_type, severity, user_id, user_email, description, details, ip_address, user_agent, location, action_taken) on security_logs to bulkhead_app;
grant select on security_logs to bulkhead_auditor;
grant select, insert, update, delete on security_logs to bulkhead_gate;

create table sessions (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  user_id uuid,
  acting_admin_id uuid,
  acting_admin_email text,
  acting_reason text,
  ip_address inet,
  user_agent text,
  device_type text,
  browser text,
  os text,
  expires_at timestamp with time zone not null,
  last_activity_at timestamp with time zone not null default now(),
  revoked_at timestamp with time zone,
  revoked_reason text,
  created_at timestamp with time zone not null default now(),
  constraint sessions_pkey primary key (company_id, id),
  constraint sessions_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint sessions_company_id_user_id_fkey foreign key (company_id, user_id) references users(company_id, id) on delete cascade,
  constraint sessions_check check ((user_id is null) <> (acting_admin_id is null))
);
create index sessions_acting on public.sessions using btree (company_id, created_at desc, id desc) where (acting_admin_id is not null);
create index sessions_company_id_user_id_idx on public.sessions using btree (company_id, user_id);
alter table sessions enable row level security;
alter table sessions force row level security;
create policy tenant on sessions as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on sessions as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy visibility on sessions as restrictive for all to bulkhead_app
  using (user_id = app.uid() or current_setting('app.owners'::text, true) = '*'::text)
  with check (user_id = app.uid() or current_setting('app.owners'::text, true) = '*'::text);
grant select on sessions to bulkhead_app, bulkhead_auditor;
grant select, insert, update, delete on sessions to bulkhead_gate;

create table tags (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  name text not null,
  color text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint tags_pkey primary key (company_id, id),
  constraint tags_company_id_name_key unique (company_id, name),
  constraint tags_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint tags_name_check check (length(name) >= 1 and length(name) <= 50)
);
alter table tags enable row level security;
alter table tags force row level security;
create policy tenant on tags as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on tags as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
grant select, insert (name, color), update (name, color), delete on tags to bulkhead_app;
grant select on tags to bulkhead_auditor;
grant select, insert, update, delete on tags to bulkhead_gate;
create trigger audit after insert or delete or update on tags for each row execute function gate.audit('{}', '{}');
create trigger touch before update on tags for each row execute function app.touch();

create table team_members (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  team_id uuid not null,
  user_id uuid not null,
  is_lead boolean not null default false,
  created_at timestamp with time zone not null default now(),
  constraint team_members_pkey primary key (company_id, id),
  constraint team_members_company_id_team_id_user_id_key unique (company_id, team_id, user_id),
  constraint team_members_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint team_members_company_id_team_id_fkey foreign key (company_id, team_id) references teams(company_id, id) on delete cascade,
  constraint team_members_company_id_user_id_fkey foreign key (company_id, user_id) references users(company_id, id) on delete cascade
);
create index team_members_company_id_user_id_idx on public.team_members using btree (company_id, user_id);
alter table team_members enable row level security;
alter table team_members force row level security;
create policy tenant on team_members as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on team_members as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
grant select, insert (team_id, user_id, is_lead), update (team_id, user_id, is_lead), delete on team_members to bulkhead_app;
grant select on team_members to bulkhead_auditor;
grant select, insert, update, delete on team_members to bulkhead_gate;
create trigger audit after insert or delete or update on team_members for each row execute function gate.audit('{}', '{}');

create table teams (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  name text not null,
  description text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint teams_pkey primary key (company_id, id),
  constraint teams_company_id_name_key unique (company_id, name),
  constraint teams_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint teams_description_check check (length(description) <= 500),
  constraint teams_name_check check (length(name) >= 1 and length(name) <= 100)
);
alter table teams enable row level security;
alter table teams force row level security;
create policy tenant on teams as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on teams as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
grant select, insert (name, description), update (name, description), delete on teams to bulkhead_app;
grant select on teams to bulkhead_auditor;
grant select, insert, update, delete on teams to bulkhead_gate;
create trigger audit after insert or delete or update on teams for each row execute function gate.audit('{}', '{}');
create trigger touch before update on teams for each row execute function app.touch();

create table users (
  company_id uuid not null default app.cid(),
  id uuid not null default app.uuid7(),
  email citext not null,
  user_role text not null default 'sales_rep'::text,
  status text not null default 'active'::text,
  first_name text not null,
  last_name text not null,
  phone text,
  avatar_url text,
  timezone text,
  language text,
  title text,
  department text,
  location text,
  bio text,
  manager_id uuid,
  email_verified_at timestamp with time zone,
  last_login_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version integer not null default 1,
  deleted_at timestamp with time zone,
  role_id uuid,
  constraint users_pkey primary key (company_id, id),
  constraint users_company_id_fkey foreign key (company_id) references companies(id) on delete cascade,
  constraint users_company_id_manager_id_fkey foreign key (company_id, manager_id) references users(company_id, id),
  constraint users_company_id_role_id_fkey foreign key (company_id, role_id) references roles(company_id, id),
  constraint users_deleted_check check ((status = 'deleted'::text) = (deleted_at is not null)),
  constraint users_first_name_check check (length(first_name) >= 1 and length(first_name) <= 100),
  constraint users_last_name_check check (length(last_name) <= 100),
  constraint users_status_check check (status = any (array['active'::text, 'inactive'::text, 'deleted'::text])),
  constraint users_user_role_check check (user_role = any (array['company_admin'::text, 'sales_manager'::text, 'sales_rep'::text]))
);
create index users_company_id_manager_id_idx on public.users using btree (company_id, manager_id);
create index users_company_id_role_id_idx on public.users using btree (company_id, role_id);
create unique index users_email on public.users using btree (company_id, email) where (deleted_at is null);
create index users_newest on public.users using btree (company_id, created_at desc, id desc);
alter table users enable row level security;
alter table users force row level security;
create policy tenant on users as permissive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
create policy tenant_floor on users as restrictive for all to bulkhead_app
  using (company_id = app.cid())
  with check (company_id = app.cid());
grant select, insert (email, user_role, status, first_name, last_name, phone, avatar_url, timezone, language, title, department,
    location, bio, manager_id, email_verified_at, last_login_at, deleted_at, role_id), update (email, user_role, status, first_name, last_name, phone, avatar_url, timezone, language, title, department,
    location, bio, manager_id, email_verified_at, last_login_at, deleted_at, role_id), delete on users to bulkhead_app;
grant select on users to bulkhead_auditor;
grant select, insert, update, delete on users to bulkhead_gate;
create trigger audit after insert or delete or update on users for each row execute function gate.audit('{}', '{last_login_at}');
create trigger follow_user after update of email, status on users for each row execute function gate.follow_user();
create trigger keep_an_admin after update of user_role, status on users for each row when (old.user_role = 'company_admin'::text and old.status = 'active'::text and (new.user_role <> 'company_admin'::text or new.status <> 'active'::text)) execute function app.keep_an_admin();
create trigger keep_an_admin_undeleted after delete on users for each row when (old.user_role = 'company_admin'::text and old.status = 'active'::text) execute function app.keep_an_admin();
create trigger managers_form_no_circle after insert or update of manager_id on users for each row when (new.manager_id is not null) execute function app.managers_form_no_circle();
create trigger touch before update on users for each row execute function app.touch();
create trigger touch_not_by_login before update of last_login_at on users for each row execute function app.untouch();

-- gate: the listed SECURITY DEFINER functions

create function gate.accept_invitation(
  company uuid, token bytea, hash text, first text, last text, telephone text, refresh bytea, device jsonb
)
returns table(session_id uuid, company_id uuid, company_name text, user_id uuid, email text, first_name text, last_name text, user_role text)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  v invitations;
  host companies;
  who uuid;
  opened uuid;
  i login_identities;
begin
  select * into v from invitations x where x.company_id = company and x.token_hash = token for update;
  select * into host from companies c where c.id = v.company_id and c.status <> 'deleted';
  if v.id is null or host.id is null then raise exception 'no such invitation' using errcode = 'BH404'; end if;
  if gate.state_of(v) <> 'pending' then
    raise exception 'This invitation was used, taken back, or has expired. Ask for a new one.' using errcode = 'BH410';
  end if;
  if host.status = 'suspended' then raise exception 'The company is suspended.' using errcode = 'BH403'; end if;
  who := coalesce(v.user_id, app.uuid7());
  perform set_config('app.user_id', who::text, true); -- they did this themselves, says the audit log
  begin
    if v.user_id is null then
      insert into users (company_id, id, email, user_role, first_name, last_name, phone, email_verified_at)
      values (company, who, v.email, v.user_role, first, last, telephone, now());
    else
      update users u set first_name = first, last_name = last, phone = coalesce(telephone, u.phone), email_verified_at = now()
      where u.company_id = company and u.id = who and u.status = 'active' and u.email = v.email;
      if not found then raise exception 'This invitation is no longer good. Ask for a new one.' using errcode = 'BH410'; end if;
    end if;
    insert into login_identities (email, company_id, user_id, password_hash) values (v.email, company, who, hash)
    returning * into i;
  exception when unique_violation then
    raise exception 'This address already logs in to Bulkhead. Ask to be invited under another one.' using errcode = 'BH409';
  end;
  if v.team_id is not null then
    insert into team_members (company_id, team_id, user_id) values (company, v.team_id, who) on conflict do nothing;
  end if;
  update invitations x set accepted_at = now(), user_id = who where x.company_id = company and x.id = v.id;
  perform gate.log_identity(i, 'registered', 'info', 'An invitation was accepted');
  opened := gate.new_session(i, refresh, device);
  return query select * from gate.grant_of(company, opened); -- a statement of its own: it sees what the last one wrote
end $$;
alter function gate.accept_invitation(company uuid, token bytea, hash text, first text, last text, telephone text, refresh bytea, device jsonb) owner to bulkhead_gate;
revoke execute on function gate.accept_invitation(company uuid, token bytea, hash text, first text, last text, telephone text, refresh bytea, device jsonb) from public;
grant execute on function gate.accept_invitation(company uuid, token bytea, hash text, first text, last text, telephone text, refresh bytea, device jsonb) to bulkhead_app;

create function gate.account(session uuid)
returns table(id uuid, email text, first_name text, last_name text, role text, company_id uuid, company_name text, company_status text, subscription_status text, trial_ends_at timestamp with time zone, currency text, timezone text, language text, avatar_url text, last_login_at timestamp with time zone, totp_enabled boolean, acting_admin text, acting_until timestamp with time zone)
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
alter function gate.account(session uuid) owner to bulkhead_gate;
revoke execute on function gate.account(session uuid) from public;
grant execute on function gate.account(session uuid) to bulkhead_app;

create function gate.acting_has_ended(company uuid, ended uuid, how text)
returns void
language sql volatile
set search_path = pg_catalog, public, pg_temp
as $$
  with over as (
    update sessions s set revoked_at = now(), revoked_reason = how
    where s.company_id = company and s.id = ended and s.acting_admin_id is not null and s.revoked_at is null
    returning s.*
  ), told as (
    insert into security_logs (company_id, event_type, user_email, description, details)
    select o.company_id, 'acting_ended', o.acting_admin_email, o.acting_reason, jsonb_build_object('session_id', o.id)
    from over o
  )
  insert into platform_audit (actor_id, actor_email, action, about_company_id, reason, details)
  select o.acting_admin_id, o.acting_admin_email, 'acting_ended', o.company_id, o.acting_reason,
    jsonb_build_object('session_id', o.id)
  from over o
$$;
alter function gate.acting_has_ended(company uuid, ended uuid, how text) owner to bulkhead_gate;
revoke execute on function gate.acting_has_ended(company uuid, ended uuid, how text) from public;

create function gate.add_default_pipeline(company uuid)
returns uuid
language sql volatile
set search_path = pg_catalog, public, pg_temp
as $$
  with pipeline as (
    insert into pipelines (company_id, name, is_default) values (company, 'Sales', true) returning id
  ), stages as (
    insert into pipeline_stages (company_id, pipeline_id, name, order_index, probability, is_closed, is_won)
    select company, pipeline.id, s.name, s.place, s.probability, s.closed, s.won
    from pipeline, (values
      ('Lead', 0, 10, false, false),
      ('Qualified', 1, 25, false, false),
      ('Proposal', 2, 50, false, false),
      ('Negotiation', 3, 75, false, false),
      ('Won', 4, 100, true, true),
      ('Lost', 5, 0, true, false)
    ) s (name, place, probability, closed, won)
  )
  select id from pipeline
$$;
alter function gate.add_default_pipeline(company uuid) owner to bulkhead_gate;
revoke execute on function gate.add_default_pipeline(company uuid) from public;

create function gate.address_logs_in(change uuid)
returns table(email text, token_hash bytea, taken boolean)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select c.email::text, c.token_hash, exists (select from login_identities i where i.email = c.email)
  from email_changes c
  where c.company_id = app.cid() and c.id = change and c.used_at is null and c.expires_at > now()
$$;
alter function gate.address_logs_in(change uuid) owner to bulkhead_gate;
revoke execute on function gate.address_logs_in(change uuid) from public;
grant execute on function gate.address_logs_in(change uuid) to bulkhead_app;

create function gate.api_key_state(hash bytea)
returns table(company_id uuid, key_id uuid, user_id uuid, user_role text, owners text, company_status text)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  select k.company_id, k.id, u.id, u.user_role, gate.visible_owners(k.company_id, u.id, u.user_role), c.status
  into company_id, key_id, user_id, user_role, owners, company_status
  from api_keys k
  join companies c on c.id = k.company_id
  join users u on u.company_id = k.company_id and u.id = k.user_id
  where k.key_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
    and u.status = 'active' and c.status <> 'deleted';
  if key_id is null then return; end if;
  -- To the minute is exact enough, and spares a write each time a process asks.
  insert into api_key_uses as used (company_id, id) values (company_id, key_id)
  on conflict on constraint api_key_uses_pkey do update set last_used_at = now()
  where used.last_used_at < now() - interval '1 minute';
  return next;
end $$;
alter function gate.api_key_state(hash bytea) owner to bulkhead_gate;
revoke execute on function gate.api_key_state(hash bytea) from public;
grant execute on function gate.api_key_state(hash bytea) to bulkhead_app;

create function gate.attempt_key(typed text)
returns bytea
language sql immutable
set search_path = pg_catalog, public, pg_temp
as $$ select sha256(convert_to(lower(typed), 'UTF8')) $$;
alter function gate.attempt_key(typed text) owner to bulkhead_gate;
revoke execute on function gate.attempt_key(typed text) from public;

create function gate.audit()
returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  unlogged constant text[] := tg_argv[1];
  secret text;
  before jsonb;
  after jsonb;
  company uuid;
  record uuid;
  what text;
  diff jsonb;
  req constant jsonb := nullif(current_setting('app.request', true), '')::jsonb;
begin
  if tg_op <> 'INSERT' then before := to_jsonb(old); end if;
  if tg_op <> 'DELETE' then after := to_jsonb(new); end if;
  if tg_argv[0] <> '{}' then
    foreach secret in array tg_argv[0]::text[] loop
      if before -> secret is not null then
        before := jsonb_set(before, array[secret], to_jsonb(md5(before ->> secret)));
      end if;
      if after -> secret is not null then
        after := jsonb_set(after, array[secret], to_jsonb(md5(after ->> secret)));
      end if;
    end loop;
  end if;

  if tg_op = 'INSERT' then
    what := 'create';
    company := new.company_id;
    record := new.id;
    diff := jsonb_build_object('after', jsonb_strip_nulls(after) - unlogged);
  elsif tg_op = 'DELETE' then
    if not exists (select from companies where id = old.company_id) then
      return null; -- the whole company goes, and its log with it
    end if;
    what := 'delete';
    company := old.company_id;
    record := old.id;
    diff := jsonb_build_object('before', jsonb_strip_nulls(before) - unlogged);
  else
    select jsonb_build_object('before', jsonb_object_agg(n.key, before -> n.key), 'after', jsonb_object_agg(n.key, n.value))
    into diff
    from jsonb_each(after) n
    where n.value <> before -> n.key and n.key <> all (unlogged || '{updated_at,version}');
    if diff -> 'after' = 'null' then
      return null;
    end if;
    company := new.company_id;
    record := new.id;
    what := case
      when diff -> 'before' -> 'deleted_at' = 'null' then 'delete'
      when diff -> 'after' -> 'deleted_at' = 'null' then 'restore'
      else 'update'
    end;
  end if;

  insert into audit_logs (company_id, user_id, action, resource_type, resource_id, changes,
    ip_address, user_agent, request_method, request_path, extra_data, private_to)
  values (company, app.uid(), what, tg_table_name, record, diff,
    (req ->> 'ip')::inet, req ->> 'ua', req ->> 'method', req ->> 'path',
    case when req ? 'acting' then jsonb_build_object('acting_admin', req ->> 'acting') end,
    -- The diff of a row that is made public still holds what it said while it was private.
    coalesce(after ->> 'private_to', before ->> 'private_to')::uuid);
  return null;
end $$;
alter function gate.audit() owner to bulkhead_gate;
revoke execute on function gate.audit() from public;
grant execute on function gate.audit() to bulkhead_owner;

create function gate.audit_company()
returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  req jsonb := app.request();
  diff jsonb;
begin
  select jsonb_build_object('before', jsonb_object_agg(n.key, o.value), 'after', jsonb_object_agg(n.key, n.value))
  into diff
  from jsonb_each(to_jsonb(new)) n join jsonb_each(to_jsonb(old)) o using (key)
  where n.value is distinct from o.value and n.key not in ('updated_at', 'version');
  if diff -> 'after' = 'null' then return null; end if;
  insert into audit_logs (company_id, user_id, action, resource_type, resource_id, changes,
    ip_address, user_agent, request_method, request_path, extra_data)
  values (new.id, case when app.cid() = new.id then app.uid() end, 'update', 'companies', new.id, diff,
    (req ->> 'ip')::inet, req ->> 'ua', req ->> 'method', req ->> 'path',
    case when req ? 'acting' then jsonb_build_object('acting_admin', req ->> 'acting') end);
  return null;
end $$;
alter function gate.audit_company() owner to bulkhead_gate;
revoke execute on function gate.audit_company() from public;
grant execute on function gate.audit_company() to bulkhead_owner;

create function gate.begin_login(typed text)
returns table(locked_seconds integer, identity_id uuid, password_hash text, totp_secret text)
language plpgsql volatile security definer
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
alter function gate.begin_login(typed text) owner to bulkhead_gate;
revoke execute on function gate.begin_login(typed text) from public;
grant execute on function gate.begin_login(typed text) to bulkhead_app;

create function gate.begin_probe()
returns table(run_id uuid)
language plpgsql volatile security definer
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
alter function gate.begin_probe() owner to bulkhead_gate;
revoke execute on function gate.begin_probe() from public;
grant execute on function gate.begin_probe() to bulkhead_jobs;

create function gate.cancel_job(job uuid)
returns setof uuid
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  delete from jobs
  where company_id = app.cid() and id = job and status <> 'running' and app.sees(user_id, null)
  returning id
$$;
alter function gate.cancel_job(job uuid) owner to bulkhead_gate;
revoke execute on function gate.cancel_job(job uuid) from public;
grant execute on function gate.cancel_job(job uuid) to bulkhead_app;

create function gate.cancel_job_by_key(job_key text)
returns setof uuid
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  delete from jobs
  where company_id = app.cid() and key = job_key and status in ('scheduled', 'waiting')
  returning id
$$;
alter function gate.cancel_job_by_key(job_key text) owner to bulkhead_gate;
revoke execute on function gate.cancel_job_by_key(job_key text) from public;
grant execute on function gate.cancel_job_by_key(job_key text) to bulkhead_app;

create function gate.change_password(checked_hash text, new_hash text, keep uuid)
returns table(ended uuid)
language plpgsql volatile security definer
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
alter function gate.change_password(checked_hash text, new_hash text, keep uuid) owner to bulkhead_gate;
revoke execute on function gate.change_password(checked_hash text, new_hash text, keep uuid) from public;
grant execute on function gate.change_password(checked_hash text, new_hash text, keep uuid) to bulkhead_app;

create function gate.change_totp(step bigint, recovery text, codes text[])
returns table(changed boolean)
language plpgsql volatile security definer
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
alter function gate.change_totp(step bigint, recovery text, codes text[]) owner to bulkhead_gate;
revoke execute on function gate.change_totp(step bigint, recovery text, codes text[]) from public;
grant execute on function gate.change_totp(step bigint, recovery text, codes text[]) to bulkhead_app;

create function gate.claim_audit()
returns table(run_id uuid)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into audit_runs (reason)
  select 'nightly' from audit_schedule s
  cross join lateral (select date_trunc('day', now() at time zone 'UTC' - make_interval(hours => s.hour))
    at time zone 'UTC' + make_interval(hours => s.hour)) last (due)
  where s.nightly and s.since <= last.due and not exists (select from audit_runs r where r.requested_at >= last.due)
  on conflict do nothing;
  update audit_runs r set status = 'failed', finished_at = now(), rule = null,
    error = format('Its process ended %s times, last at: %s', r.attempts, coalesce(r.rule, 'the beginning'))
  where r.status = 'running' and r.heard_at < now() - interval '2 minutes' and r.attempts >= 3;
  return query
    update audit_runs r set status = 'running', started_at = now(), heard_at = now(), done = 0, total = 0, rule = null, attempts = r.attempts + 1
    where r.id = (
      select w.id from audit_runs w
      where w.status = 'waiting' or (w.status = 'running' and w.heard_at < now() - interval '2 minutes')
      for update skip locked limit 1)
    returning r.id;
end $$;
alter function gate.claim_audit() owner to bulkhead_gate;
revoke execute on function gate.claim_audit() from public;
grant execute on function gate.claim_audit() to bulkhead_jobs;

create function gate.claim_import(import uuid, work text)
returns text
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  current_status text;
begin
  perform pg_advisory_xact_lock(hashtextextended('imports of ' || app.cid(), 0));
  select i.status into current_status
  from imports i
  where i.company_id = app.cid() and i.id = import and app.sees(i.user_id, null)
  for update;
  if current_status is null or current_status <> all (
      case work when 'undoing' then array['undo_queued', 'undoing'] else array['queued', 'running'] end) then
    return 'over';
  end if;
  update imports i set status = case i.status when 'undoing' then 'undo_queued' else 'queued' end
  where i.company_id = app.cid() and i.id <> import and i.status in ('running', 'undoing')
    and i.updated_at < now() - interval '2 minutes';
  if exists (select from imports i
      where i.company_id = app.cid() and i.id <> import and i.status in ('running', 'undoing')) then
    return 'busy';
  end if;
  update imports i
  set status = case work when 'undoing' then 'undoing' else 'running' end,
    started_at = case when work = 'undoing' then i.started_at else coalesce(i.started_at, now()) end
  where i.company_id = app.cid() and i.id = import;
  return 'claimed';
end $$;
alter function gate.claim_import(import uuid, work text) owner to bulkhead_gate;
revoke execute on function gate.claim_import(import uuid, work text) from public;
grant execute on function gate.claim_import(import uuid, work text) to bulkhead_app;

create function gate.claim_jobs(
  claimer uuid, wanted integer, slots integer, lease_seconds integer, after_company uuid
)
returns table(company_id uuid, id uuid, name text, payload jsonb, user_id uuid, owners text, origin jsonb, attempts integer)
language plpgsql volatile security definer
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
alter function gate.claim_jobs(claimer uuid, wanted integer, slots integer, lease_seconds integer, after_company uuid) owner to bulkhead_gate;
revoke execute on function gate.claim_jobs(claimer uuid, wanted integer, slots integer, lease_seconds integer, after_company uuid) from public;
grant execute on function gate.claim_jobs(claimer uuid, wanted integer, slots integer, lease_seconds integer, after_company uuid) to bulkhead_jobs;

create function gate.claim_probe()
returns table(run_id uuid)
language plpgsql volatile security definer
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
alter function gate.claim_probe() owner to bulkhead_gate;
revoke execute on function gate.claim_probe() from public;
grant execute on function gate.claim_probe() to bulkhead_jobs;

create function gate.clean_platform(keep interval)
returns void
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  delete from platform_sessions where least(expires_at, revoked_at) < now() - greatest(keep, interval '0');
  delete from platform_refresh_tokens where expires_at < now() - greatest(keep, interval '0');
  delete from password_resets p using login_identities i
  where i.id = p.identity_id and i.company_id is null and least(p.expires_at, p.used_at) < now() - greatest(keep, interval '0');
$$;
alter function gate.clean_platform(keep interval) owner to bulkhead_gate;
revoke execute on function gate.clean_platform(keep interval) from public;
grant execute on function gate.clean_platform(keep interval) to bulkhead_jobs;

create function gate.clean_up(kind text, keep interval, most integer)
returns integer
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
alter function gate.clean_up(kind text, keep interval, most integer) owner to bulkhead_gate;
revoke execute on function gate.clean_up(kind text, keep interval, most integer) from public;
grant execute on function gate.clean_up(kind text, keep interval, most integer) to bulkhead_app;

create function gate.company_isolation()
returns table(run_id uuid, report jsonb)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select r.id, jsonb_build_object(
    'format', r.report -> 'format', 'finishedAt', r.report -> 'finishedAt',
    'database', (r.report -> 'database') || '{"name": ""}', 'waivers', '{"expired": [], "unmatched": []}'::jsonb,
    'score', (r.report -> 'score') || '{"findings": {"critical": 0, "high": 0, "medium": 0, "low": 0}}',
    'outcomes', (
      select jsonb_agg(jsonb_build_object('rule', o -> 'rule', 'outcome', o -> 'outcome', 'findings', '[]'::jsonb)
        order by n)
      from jsonb_array_elements(r.report -> 'outcomes') with ordinality each (o, n)),
    'distribution', (
      select coalesce(jsonb_agg(case
        when d -> 'rows' ? app.cid()::text then jsonb_build_object('table', d -> 'table',
            'rows', jsonb_build_object(app.cid(), d -> 'rows' -> app.cid()::text))
          || case when d ? 'estimated' then '{"estimated": true}'::jsonb else '{}' end
        else jsonb_build_object('table', d -> 'table', 'rows', '{}'::jsonb,
          'uncounted', coalesce(d -> 'uncounted', to_jsonb('only the companies with the most rows were counted'::text))) end order by n), '[]')
      from jsonb_array_elements(r.report -> 'distribution') with ordinality each (d, n)
      where d -> 'rows' ? app.cid()::text or d ? 'uncounted' or d ? 'cut'))
  from audit_runs r
  where app.cid() is not null and r.status = 'done' and r.report ? 'outcomes'
  order by r.finished_at desc
  limit 1
$$;
alter function gate.company_isolation() owner to bulkhead_gate;
revoke execute on function gate.company_isolation() from public;
grant execute on function gate.company_isolation() to bulkhead_app;

create function gate.confirm_email(company uuid, hash bytea)
returns table(company_id uuid, user_id uuid, old_email text, new_email text)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  change email_changes;
  former text;
begin
  select * into change from email_changes c where c.company_id = company and c.token_hash = hash for update;
  if not found then raise exception 'no such link' using errcode = 'BH404'; end if;
  if change.used_at is not null or change.expires_at <= now() then
    raise exception 'This link was used or has expired.' using errcode = 'BH410';
  end if;
  perform set_config('app.user_id', change.user_id::text, true);
  select u.email into former from users u
  where u.company_id = change.company_id and u.id = change.user_id and u.status = 'active';
  if not found then raise exception 'This link is no longer good.' using errcode = 'BH410'; end if;
  begin
    update users u set email = change.email, email_verified_at = now()
    where u.company_id = change.company_id and u.id = change.user_id;
  exception when unique_violation then
    raise exception 'This address already logs in to Bulkhead.' using errcode = 'BH409';
  end;
  update email_changes c set used_at = now() where c.company_id = change.company_id and c.id = change.id;
  return query select change.company_id, change.user_id, former, change.email::text;
end $$;
alter function gate.confirm_email(company uuid, hash bytea) owner to bulkhead_gate;
revoke execute on function gate.confirm_email(company uuid, hash bytea) from public;
grant execute on function gate.confirm_email(company uuid, hash bytea) to bulkhead_app;

create function gate.confirm_totp(sealed text, step bigint, codes text[])
returns table(confirmed boolean)
language plpgsql volatile security definer
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
alter function gate.confirm_totp(sealed text, step bigint, codes text[]) owner to bulkhead_gate;
revoke execute on function gate.confirm_totp(sealed text, step bigint, codes text[]) from public;
grant execute on function gate.confirm_totp(sealed text, step bigint, codes text[]) to bulkhead_app;

create function gate.contact_passes(c contacts, filters jsonb)
returns boolean
language sql stable
as $$
  select (filters -> 'equal' is null or to_jsonb(c) @> (filters -> 'equal'))
    and coalesce(c.created_at >= (filters ->> 'created_from')::timestamptz, true)
    and coalesce(c.created_at < (filters ->> 'created_before')::timestamptz, true)
    and coalesce(c.updated_at >= (filters ->> 'updated_from')::timestamptz, true)
    and coalesce(c.updated_at < (filters ->> 'updated_before')::timestamptz, true)
    and (filters ->> 'notes' is null or coalesce(c.notes ilike (filters ->> 'notes'), false))
    and coalesce(c.lead_score >= (filters ->> 'lead_score_min')::integer, true)
    and coalesce(c.lead_score <= (filters ->> 'lead_score_max')::integer, true)
    and coalesce((c.email is not null) = (filters ->> 'has_email')::boolean, true)
$$;
alter function gate.contact_passes(c contacts, filters jsonb) owner to bulkhead_gate;
revoke execute on function gate.contact_passes(c contacts, filters jsonb) from public;

create function gate.contacts_holding(words text[], patterns text[], filters jsonb, but_not uuid[], most integer)
returns setof uuid
language plpgsql stable
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  part text;
  rare text := '';
  second text := '';
begin
  -- Only three letters or digits in a row make a trigram that the index can look up.
  foreach part in array regexp_split_to_array(array_to_string(words, ' '), '[^[:alnum:]]+') loop
    part := right(part, 6);
    if length(part) < 3 or rare ~ '[0-9]' and (part !~ '[0-9]' or length(part) <= length(rare)) then
      continue;
    elsif part ~ '[0-9]' then
      rare := part;
      second := '';
    elsif length(part) > length(rare) then
      second := rare;
      rare := part;
    elsif length(part) > length(second) and part <> rare then
      second := part;
    end if;
  end loop;

  if second <> '' then
    return query
      select c.id from contacts c
      where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
        and c.search_text like '%' || rare || '%' and c.search_text like '%' || second || '%'
        and c.search_text like all (patterns)
        and c.id <> all (but_not) and (filters = '{}' or gate.contact_passes(c, filters))
      limit most;
  elsif rare <> '' then
    return query
      select c.id from contacts c
      where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
        and c.search_text like '%' || rare || '%'
        and c.search_text like all (patterns)
        and c.id <> all (but_not) and (filters = '{}' or gate.contact_passes(c, filters))
      limit most;
  else
    return query
      select c.id from contacts c
      where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
        and c.search_text like all (patterns)
        and c.id <> all (but_not) and (filters = '{}' or gate.contact_passes(c, filters))
      limit most;
  end if;
end $$;
alter function gate.contacts_holding(words text[], patterns text[], filters jsonb, but_not uuid[], most integer) owner to bulkhead_gate;
revoke execute on function gate.contacts_holding(words text[], patterns text[], filters jsonb, but_not uuid[], most integer) from public;

create function gate.count_attempt(typed text)
returns integer
language plpgsql volatile
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
alter function gate.count_attempt(typed text) owner to bulkhead_gate;
revoke execute on function gate.count_attempt(typed text) from public;

create function gate.create_password_reset(token bytea)
returns table(created boolean)
language plpgsql volatile security definer
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
alter function gate.create_password_reset(token bytea) owner to bulkhead_gate;
revoke execute on function gate.create_password_reset(token bytea) from public;
grant execute on function gate.create_password_reset(token bytea) to bulkhead_app;

create function gate.deal_entered_stage()
returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    insert into deal_stage_history (company_id, deal_id, to_stage_id, moved_by, value)
    values (new.company_id, new.id, new.stage_id, app.uid(), new.value);
  else
    insert into deal_stage_history (company_id, deal_id, from_stage_id, to_stage_id, moved_by, value, seconds_in_stage)
    values (new.company_id, new.id, old.stage_id, new.stage_id, app.uid(), new.value,
      extract(epoch from now() - old.stage_entered_at)::bigint);
  end if;
  return null;
end $$;
alter function gate.deal_entered_stage() owner to bulkhead_gate;
revoke execute on function gate.deal_entered_stage() from public;
grant execute on function gate.deal_entered_stage() to bulkhead_owner;

create function gate.deals_in_stage(stage uuid)
returns bigint
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select count(*) from deals d where d.company_id = app.cid() and d.stage_id = stage and d.deleted_at is null
$$;
alter function gate.deals_in_stage(stage uuid) owner to bulkhead_gate;
revoke execute on function gate.deals_in_stage(stage uuid) from public;
grant execute on function gate.deals_in_stage(stage uuid) to bulkhead_app;

create function gate.email_available(typed text)
returns table(available boolean)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$ select not exists (select from login_identities i where i.email = typed::citext) $$;
alter function gate.email_available(typed text) owner to bulkhead_gate;
revoke execute on function gate.email_available(typed text) from public;
grant execute on function gate.email_available(typed text) to bulkhead_app;

create function gate.end_acting(acting uuid)
returns void
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$ select gate.acting_has_ended(app.cid(), acting, 'ended') $$;
alter function gate.end_acting(acting uuid) owner to bulkhead_gate;
revoke execute on function gate.end_acting(acting uuid) from public;
grant execute on function gate.end_acting(acting uuid) to bulkhead_app;

create function gate.end_all_sessions(i login_identities, keep uuid, why text)
returns setof uuid
language sql volatile
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
alter function gate.end_all_sessions(i login_identities, keep uuid, why text) owner to bulkhead_gate;
revoke execute on function gate.end_all_sessions(i login_identities, keep uuid, why text) from public;

create function gate.end_audit(run uuid, made jsonb, why text)
returns void
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  update audit_runs r set report = jsonb_build_object('score', r.report -> 'score')
  where r.report ? 'outcomes' and r.id not in (
    select k.id from audit_runs k where k.report ? 'outcomes' order by k.finished_at desc limit 29);
  update audit_runs r set status = case when made is null then 'failed' else 'done' end, finished_at = now(), report = made,
    error = why, rule = null
  where r.id = run and r.status = 'running'
$$;
alter function gate.end_audit(run uuid, made jsonb, why text) owner to bulkhead_gate;
revoke execute on function gate.end_audit(run uuid, made jsonb, why text) from public;
grant execute on function gate.end_audit(run uuid, made jsonb, why text) to bulkhead_jobs;

create function gate.end_probe(run uuid, made jsonb, why text)
returns void
language plpgsql volatile security definer
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
alter function gate.end_probe(run uuid, made jsonb, why text) owner to bulkhead_gate;
revoke execute on function gate.end_probe(run uuid, made jsonb, why text) from public;
grant execute on function gate.end_probe(run uuid, made jsonb, why text) to bulkhead_jobs;

create function gate.end_sessions(one uuid, of_user uuid, keep uuid, why text)
returns table(id uuid)
language plpgsql volatile security definer
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
alter function gate.end_sessions(one uuid, of_user uuid, keep uuid, why text) owner to bulkhead_gate;
revoke execute on function gate.end_sessions(one uuid, of_user uuid, keep uuid, why text) from public;
grant execute on function gate.end_sessions(one uuid, of_user uuid, keep uuid, why text) to bulkhead_app;

create function gate.enqueue(
  task text, payload jsonb, run_at timestamp with time zone, job_key text, max_attempts integer, priority integer
)
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
alter function gate.enqueue(task text, payload jsonb, run_at timestamp with time zone, job_key text, max_attempts integer, priority integer) owner to bulkhead_gate;
revoke execute on function gate.enqueue(task text, payload jsonb, run_at timestamp with time zone, job_key text, max_attempts integer, priority integer) from public;
grant execute on function gate.enqueue(task text, payload jsonb, run_at timestamp with time zone, job_key text, max_attempts integer, priority integer) to bulkhead_app;

create function gate.enrol_totp(sealed text)
returns table(enrolled boolean)
language plpgsql volatile security definer
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
alter function gate.enrol_totp(sealed text) owner to bulkhead_gate;
revoke execute on function gate.enrol_totp(sealed text) from public;
grant execute on function gate.enrol_totp(sealed text) to bulkhead_app;

create function gate.fail_job(claimer uuid, company uuid, job uuid, error text)
returns text
language plpgsql volatile security definer
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
alter function gate.fail_job(claimer uuid, company uuid, job uuid, error text) owner to bulkhead_gate;
revoke execute on function gate.fail_job(claimer uuid, company uuid, job uuid, error text) from public;
grant execute on function gate.fail_job(claimer uuid, company uuid, job uuid, error text) to bulkhead_jobs;

create function gate.fail_login(typed text, why text)
returns void
language plpgsql volatile security definer
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
alter function gate.fail_login(typed text, why text) owner to bulkhead_gate;
revoke execute on function gate.fail_login(typed text, why text) from public;
grant execute on function gate.fail_login(typed text, why text) to bulkhead_app;

create function gate.find_activities(
  words text, only_where jsonb, sort text, descending boolean, after_value text, after_id uuid, take integer
)
returns table(id uuid)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  sorted_by text;
begin
  select s.expression into strict sorted_by
  from (values
    ('created_at', 'a.created_at'),
    ('updated_at', 'a.updated_at'),
    ('due_date', format('coalesce(a.due_date, %L::timestamptz)',
      case when descending then '-infinity' else 'infinity' end)),
    ('completed_at', format('coalesce(a.completed_at, %L::timestamptz)',
      case when descending then '-infinity' else 'infinity' end))) s (name, expression)
  where s.name = sort;
  return query execute
    $sql$
      select a.id
      from activities a
      where a.company_id = app.cid() and app.sees(a.owner_id, a.private_to)
        and (not $1 ? 'type' or a.type = $1 ->> 'type')
        and (not $1 ? 'status' or app.activity_status(a.status, a.due_date) = $1 ->> 'status')
        and (not $1 ? 'open' or (a.status = 'pending') = ($1 ->> 'open')::boolean)
        and (not $1 ? 'overdue' or (app.activity_status(a.status, a.due_date) = 'overdue') = ($1 ->> 'overdue')::boolean)
        and (not $1 ? 'owner_id' or a.owner_id = ($1 ->> 'owner_id')::uuid)
        and (not $1 ? 'team_id' or a.owner_id in (
          select m.user_id from team_members m
          where m.company_id = app.cid() and m.team_id = ($1 ->> 'team_id')::uuid))
        and (not $1 ? 'contact_id' or a.contact_id = ($1 ->> 'contact_id')::uuid)
        and (not $1 ? 'deal_id' or a.deal_id = ($1 ->> 'deal_id')::uuid)
        and (not $1 ? 'priority' or a.priority = ($1 ->> 'priority')::integer)
        and (not $1 ? 'custom_fields' or a.custom_fields @> ($1 -> 'custom_fields'))
        and (not $1 ? 'due_from' or a.due_date >= ($1 ->> 'due_from')::timestamptz)
        and (not $1 ? 'due_to' or a.due_date <= ($1 ->> 'due_to')::timestamptz)
        and (not $1 ? 'completed_from' or a.completed_at >= ($1 ->> 'completed_from')::timestamptz)
        and (not $1 ? 'completed_to' or a.completed_at <= ($1 ->> 'completed_to')::timestamptz)
    $sql$
    || case when only_where ->> 'deleted' = 'true' then ' and a.deleted_at is not null' else ' and a.deleted_at is null' end
    || gate.holds_words('a.search_text', words)
    || case when after_id is null then '' else
         format(' and (%s, a.id) %s ($2::timestamptz, $3)', sorted_by, case when descending then '<' else '>' end) end
    || format(' order by %s %s, a.id %2$s limit $4', sorted_by, case when descending then 'desc' else 'asc' end)
    using only_where, after_value, after_id, take;
end $$;
alter function gate.find_activities(words text, only_where jsonb, sort text, descending boolean, after_value text, after_id uuid, take integer) owner to bulkhead_gate;
revoke execute on function gate.find_activities(words text, only_where jsonb, sort text, descending boolean, after_value text, after_id uuid, take integer) from public;
grant execute on function gate.find_activities(words text, only_where jsonb, sort text, descending boolean, after_value text, after_id uuid, take integer) to bulkhead_app;

create function gate.find_deals(
  words text, only_where jsonb, sort text, descending boolean, after_value text, after_id uuid, take integer
)
returns table(id uuid)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  sorted_by text;
  kind text;
begin
  select s.expression, s.kind into strict sorted_by, kind
  from (values
    ('created_at', 'd.created_at', 'timestamptz'),
    ('updated_at', 'd.updated_at', 'timestamptz'),
    ('stage_entered_at', 'd.stage_entered_at', 'timestamptz'),
    ('value', 'd.value', 'numeric'),
    ('title', 'd.title collate "C"', 'text'),
    ('expected_close_date', format('coalesce(d.expected_close_date, %L::date)',
      case when descending then '-infinity' else 'infinity' end), 'date')) s (name, expression, kind)
  where s.name = sort;
  return query execute
    $sql$
      select d.id
      from deals d
      where d.company_id = app.cid() and app.sees(d.owner_id, d.private_to)
        and (not $1 ? 'status' or d.status = $1 ->> 'status')
        and (not $1 ? 'pipeline_id' or d.pipeline_id = ($1 ->> 'pipeline_id')::uuid)
        and (not $1 ? 'stage_id' or d.stage_id = ($1 ->> 'stage_id')::uuid)
        and (not $1 ? 'owner_id' or d.owner_id = ($1 ->> 'owner_id')::uuid)
        and (not $1 ? 'contact_id' or d.contact_id = ($1 ->> 'contact_id')::uuid)
        and (not $1 ? 'currency' or d.currency = $1 ->> 'currency')
        and (not $1 ? 'tag' or $1 ->> 'tag' = any (d.tags))
        and (not $1 ? 'custom_fields' or d.custom_fields @> ($1 -> 'custom_fields'))
        and (not $1 ? 'value_min' or d.value >= ($1 ->> 'value_min')::numeric)
        and (not $1 ? 'value_max' or d.value <= ($1 ->> 'value_max')::numeric)
        and (not $1 ? 'close_from' or d.expected_close_date >= ($1 ->> 'close_from')::date)
        and (not $1 ? 'close_to' or d.expected_close_date <= ($1 ->> 'close_to')::date)
        and (($1 ->> 'no_close')::boolean is not true or d.expected_close_date is null)
        and (not $1 ? 'closed_from' or d.actual_close_date >= ($1 ->> 'closed_from')::date)
        and (not $1 ? 'closed_to' or d.actual_close_date <= ($1 ->> 'closed_to')::date)
    $sql$
    || case when only_where ->> 'deleted' = 'true' then ' and d.deleted_at is not null' else ' and d.deleted_at is null' end
    || gate.holds_words('d.search_text', words)
    || case when after_id is null then '' else
         format(' and (%s, d.id) %s ($2::%s, $3)', sorted_by, case when descending then '<' else '>' end, kind) end
    || format(' order by %s %s, d.id %2$s limit $4', sorted_by, case when descending then 'desc' else 'asc' end)
    using only_where, after_value, after_id, take;
end $$;
alter function gate.find_deals(words text, only_where jsonb, sort text, descending boolean, after_value text, after_id uuid, take integer) owner to bulkhead_gate;
revoke execute on function gate.find_deals(words text, only_where jsonb, sort text, descending boolean, after_value text, after_id uuid, take integer) from public;
grant execute on function gate.find_deals(words text, only_where jsonb, sort text, descending boolean, after_value text, after_id uuid, take integer) to bulkhead_app;

create function gate.finish_job(claimer uuid, company uuid, job uuid)
returns boolean
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  with ended as (
    delete from jobs where company_id = company and id = job and status = 'running' and worker = claimer returning 1)
  select exists (select from ended)
$$;
alter function gate.finish_job(claimer uuid, company uuid, job uuid) owner to bulkhead_gate;
revoke execute on function gate.finish_job(claimer uuid, company uuid, job uuid) from public;
grant execute on function gate.finish_job(claimer uuid, company uuid, job uuid) to bulkhead_jobs;

create function gate.first_id_at(moment timestamp with time zone)
returns uuid
language sql immutable parallel safe
set search_path = pg_catalog, public, pg_temp
as $$
  select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
$$;
alter function gate.first_id_at(moment timestamp with time zone) owner to bulkhead_gate;
revoke execute on function gate.first_id_at(moment timestamp with time zone) from public;

create function gate.follow_merge(kept uuid, duplicate uuid)
returns table(moved_table text, moved bigint)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
  key record;
begin
  if not exists (
    select from contacts d join contacts k on k.company_id = d.company_id and k.id = d.merged_into_id
    where d.company_id = app.cid() and d.id = duplicate and k.id = kept and k.deleted_at is null
      and app.sees(d.owner_id, d.private_to) and app.sees(k.owner_id, k.private_to)) then
    raise exception 'follow_merge: these contacts were not merged' using errcode = 'insufficient_privilege';
  end if;
  for key in
    select c.conrelid::regclass as referring, a.attname as col
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[array_position(c.confkey,
      (select attnum from pg_attribute where attrelid = 'public.contacts'::regclass and attname = 'id'))]
    where c.contype = 'f' and c.confrelid = 'public.contacts'::regclass
      and coalesce(obj_description(c.oid, 'pg_constraint'), '') not like 'stays%'
    order by c.conrelid::regclass::text
  loop
    -- A contact that was merged into the duplicate before now leads to the one that is kept; the duplicate does already.
    execute format('update %s set %I = $1 where company_id = app.cid() and %I = $2', key.referring, key.col, key.col)
      using kept, duplicate;
    get diagnostics moved = row_count;
    moved_table := key.referring::text;
    return next;
  end loop;
end $$;
alter function gate.follow_merge(kept uuid, duplicate uuid) owner to bulkhead_gate;
revoke execute on function gate.follow_merge(kept uuid, duplicate uuid) from public;
grant execute on function gate.follow_merge(kept uuid, duplicate uuid) to bulkhead_app;

create function gate.follow_user()
returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if new.email is distinct from old.email then
    update login_identities set email = new.email where company_id = new.company_id and user_id = new.id;
  end if;
  if new.status <> 'active' and old.status = 'active' then
    update sessions set revoked_at = now(), revoked_reason = new.status
    where company_id = new.company_id and user_id = new.id and revoked_at is null;
    update email_changes set expires_at = now() where company_id = new.company_id and user_id = new.id and used_at is null;
  end if;
  if new.status = 'deleted' and old.status <> 'deleted' then
    delete from login_identities where company_id = new.company_id and user_id = new.id;
    update api_keys set revoked_at = now()
    where company_id = new.company_id and user_id = new.id and revoked_at is null;
    delete from team_members where company_id = new.company_id and user_id = new.id;
    delete from avatars where company_id = new.company_id and user_id = new.id;
    update users set manager_id = new.manager_id where company_id = new.company_id and manager_id = new.id;
  end if;
  return null;
end $$;
alter function gate.follow_user() owner to bulkhead_gate;
revoke execute on function gate.follow_user() from public;
grant execute on function gate.follow_user() to bulkhead_owner;

create function gate.forgive_attempt(typed text)
returns void
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  update login_attempts set failed = greatest(failed - 1, 0), locked_until = null where key = gate.attempt_key(typed)
$$;
alter function gate.forgive_attempt(typed text) owner to bulkhead_gate;
revoke execute on function gate.forgive_attempt(typed text) from public;
grant execute on function gate.forgive_attempt(typed text) to bulkhead_app;

create function gate.grant_of(company uuid, session uuid)
returns table(session_id uuid, company_id uuid, company_name text, user_id uuid, email text, first_name text, last_name text, user_role text)
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
alter function gate.grant_of(company uuid, session uuid) owner to bulkhead_gate;
revoke execute on function gate.grant_of(company uuid, session uuid) from public;

create function gate.holds_words(column_name text, words text)
returns text
language sql immutable
set search_path = pg_catalog, public, pg_temp
as $$
  select coalesce(string_agg(format(' and %s like %L', column_name,
    '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'), ''), '')
  from (select distinct word from regexp_split_to_table(lower(words), '\s+') word where word <> '' limit 8) typed
$$;
alter function gate.holds_words(column_name text, words text) owner to bulkhead_gate;
revoke execute on function gate.holds_words(column_name text, words text) from public;

create function gate.import_actor(import uuid)
returns table(user_id uuid, user_role text, owners text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select i.user_id, coalesce(u.user_role, 'company_admin'),
    case when i.user_id is null then '*' else gate.visible_owners(i.company_id, u.id, u.user_role) end
  from imports i
  left join users u on u.company_id = i.company_id and u.id = i.user_id
  where i.company_id = app.cid() and i.id = import and app.sees(i.user_id, null)
    and (i.user_id is null or u.status = 'active')
$$;
alter function gate.import_actor(import uuid) owner to bulkhead_gate;
revoke execute on function gate.import_actor(import uuid) from public;
grant execute on function gate.import_actor(import uuid) to bulkhead_app;

create function gate.import_follows_job()
returns trigger
language plpgsql volatile security definer
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
alter function gate.import_follows_job() owner to bulkhead_gate;
revoke execute on function gate.import_follows_job() from public;
grant execute on function gate.import_follows_job() to bulkhead_owner;

create function gate.import_matches(import uuid, match_by text, keys text[])
returns table(key text, contact_id uuid)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
  actor record;
begin
  select * into actor from gate.import_actor(import);
  if not found then
    return;
  end if;
  if match_by = 'email' then
    return query
      select distinct on (k) k, case when actor.owners = '*' or c.owner_id = any (actor.owners::uuid[]) then c.id end
      from unnest(keys) k
      join contacts c on c.company_id = app.cid() and c.deleted_at is null and c.email_key = lower(k)
      where c.private_to is null or c.private_to = actor.user_id
      order by k, actor.owners = '*' or c.owner_id = any (actor.owners::uuid[]) desc, c.id;
  else
    return query
      select distinct on (hit.k) hit.k, case when hit.seen then hit.id end
      from (
        select k, c.id, actor.owners = '*' or c.owner_id = any (actor.owners::uuid[]) as seen
        from unnest(keys) k
        join contacts c on c.company_id = app.cid() and c.deleted_at is null and c.phone_key = k
        where c.private_to is null or c.private_to = actor.user_id
        union all
        select k, c.id, actor.owners = '*' or c.owner_id = any (actor.owners::uuid[])
        from unnest(keys) k
        join contacts c on c.company_id = app.cid() and c.deleted_at is null and c.mobile_key = k
        where c.private_to is null or c.private_to = actor.user_id
      ) hit
      order by hit.k, hit.seen desc, hit.id;
  end if;
end $$;
alter function gate.import_matches(import uuid, match_by text, keys text[]) owner to bulkhead_gate;
revoke execute on function gate.import_matches(import uuid, match_by text, keys text[]) from public;
grant execute on function gate.import_matches(import uuid, match_by text, keys text[]) to bulkhead_app;

create function gate.invitation_of(company uuid, token bytea)
returns table(email text, user_role text, first_name text, last_name text, company_name text, invited_by text, expires_at timestamp with time zone, state text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select v.email::text, v.user_role, v.first_name, v.last_name, c.name, u.first_name || ' ' || u.last_name, v.expires_at,
    gate.state_of(v)
  from invitations v
  join companies c on c.id = v.company_id and c.status <> 'deleted'
  left join users u on u.company_id = v.company_id and u.id = v.invited_by
  where v.company_id = company and v.token_hash = token
$$;
alter function gate.invitation_of(company uuid, token bytea) owner to bulkhead_gate;
revoke execute on function gate.invitation_of(company uuid, token bytea) from public;
grant execute on function gate.invitation_of(company uuid, token bytea) to bulkhead_app;

create function gate.invitation_to_mail(invitation uuid)
returns table(email text, first_name text, message text, token_hash bytea, company_name text, invited_by text, expires_at timestamp with time zone, taken boolean)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select v.email::text, v.first_name, v.message, v.token_hash, c.name, u.first_name || ' ' || u.last_name, v.expires_at,
    exists (select from login_identities i where i.email = v.email)
  from invitations v
  join companies c on c.id = v.company_id and c.status = 'active'
  left join users u on u.company_id = v.company_id and u.id = v.invited_by
  where v.company_id = app.cid() and v.id = invitation and gate.state_of(v) = 'pending'
$$;
alter function gate.invitation_to_mail(invitation uuid) owner to bulkhead_gate;
revoke execute on function gate.invitation_to_mail(invitation uuid) from public;
grant execute on function gate.invitation_to_mail(invitation uuid) to bulkhead_app;

create function gate.job_figures()
returns table(status text, jobs integer, oldest_seconds double precision)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select j.status, count(*)::integer, greatest(0, extract(epoch from now() - min(j.run_at)))::double precision
  from jobs j
  group by j.status
$$;
alter function gate.job_figures() owner to bulkhead_gate;
revoke execute on function gate.job_figures() from public;
grant execute on function gate.job_figures() to bulkhead_app;

create function gate.log_export(resource text, details jsonb)
returns void
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  insert into audit_logs (company_id, user_id, action, resource_type, changes, extra_data,
    ip_address, user_agent, request_method, request_path)
  select app.cid(), app.uid(), 'export', resource, '{}',
    details || case when req ? 'acting' then jsonb_build_object('acting_admin', req ->> 'acting') else '{}' end,
    (req ->> 'ip')::inet, req ->> 'ua', req ->> 'method', req ->> 'path'
  from (select nullif(current_setting('app.request', true), '')::jsonb as req) origin
$$;
alter function gate.log_export(resource text, details jsonb) owner to bulkhead_gate;
revoke execute on function gate.log_export(resource text, details jsonb) from public;
grant execute on function gate.log_export(resource text, details jsonb) to bulkhead_app;

create function gate.log_identity(i login_identities, event text, level text, words text)
returns void
language plpgsql volatile
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if i.is_super_admin then
    perform gate.log_platform(i.id, i.email, event, words);
  else
    perform gate.log_security(i.company_id, i.user_id, i.email, event, level, words);
  end if;
end $$;
alter function gate.log_identity(i login_identities, event text, level text, words text) owner to bulkhead_gate;
revoke execute on function gate.log_identity(i login_identities, event text, level text, words text) from public;

create function gate.log_out(session uuid)
returns void
language plpgsql volatile security definer
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
alter function gate.log_out(session uuid) owner to bulkhead_gate;
revoke execute on function gate.log_out(session uuid) from public;
grant execute on function gate.log_out(session uuid) to bulkhead_app;

create function gate.log_platform(identity uuid, address citext, event text, words text)
returns void
language sql volatile
set search_path = pg_catalog, public, pg_temp
as $$
  insert into platform_audit (actor_id, actor_email, action, reason, ip_address)
  values (identity, address, event, words, (app.request() ->> 'ip')::inet)
$$;
alter function gate.log_platform(identity uuid, address citext, event text, words text) owner to bulkhead_gate;
revoke execute on function gate.log_platform(identity uuid, address citext, event text, words text) from public;

create function gate.log_security(company uuid, who uuid, address citext, event text, level text, words text)
returns void
language sql volatile
set search_path = pg_catalog, public, pg_temp
as $$
  insert into security_logs (company_id, user_id, user_email, event_type, severity, description, ip_address, user_agent)
  values (company, who, address, event, level, words, (app.request() ->> 'ip')::inet, app.request() ->> 'ua')
$$;
alter function gate.log_security(company uuid, who uuid, address citext, event text, level text, words text) owner to bulkhead_gate;
revoke execute on function gate.log_security(company uuid, who uuid, address citext, event text, level text, words text) from public;

create function gate.merge_tags(tag uuid, target uuid)
returns table(contacts bigint, deals bigint)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
  old_name text;
  new_name text;
  contact_count bigint;
  deal_count bigint;
begin
  -- In one order, so that two merges that cross wait for each other instead of blocking.
  perform from tags t where t.company_id = app.cid() and t.id in (tag, target) order by t.id for update;
  old_name := (select t.name from tags t where t.company_id = app.cid() and t.id = tag);
  new_name := (select t.name from tags t where t.company_id = app.cid() and t.id = target);
  if old_name is null or new_name is null or tag = target then
    return;
  end if;
  delete from tags t where t.company_id = app.cid() and t.id = tag;
  update contacts c set tags = case when new_name = any (c.tags) then array_remove(c.tags, old_name)
    else array_replace(c.tags, old_name, new_name) end
  where c.company_id = app.cid() and old_name = any (c.tags);
  get diagnostics contact_count = row_count;
  update deals d set tags = case when new_name = any (d.tags) then array_remove(d.tags, old_name)
    else array_replace(d.tags, old_name, new_name) end
  where d.company_id = app.cid() and old_name = any (d.tags);
  get diagnostics deal_count = row_count;
  return query select contact_count, deal_count;
end $$;
alter function gate.merge_tags(tag uuid, target uuid) owner to bulkhead_gate;
revoke execute on function gate.merge_tags(tag uuid, target uuid) from public;
grant execute on function gate.merge_tags(tag uuid, target uuid) to bulkhead_app;

create function gate.new_session(i login_identities, refresh bytea, device jsonb)
returns uuid
language plpgsql volatile
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
alter function gate.new_session(i login_identities, refresh bytea, device jsonb) owner to bulkhead_gate;
revoke execute on function gate.new_session(i login_identities, refresh bytea, device jsonb) from public;

create function gate.note_denials(noted jsonb)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into denials (about_company_id, user_id, method, route, path, status, problem, detail, times, last_at)
  select n.company, n.user_id, n.method, left(n.route, 200), left(n.path, 300), n.status, n.problem, left(n.detail, 300), n.times, n.last_at
  from jsonb_to_recordset(noted) as n (company uuid, user_id uuid, method text, route text, path text, status smallint,
    problem text, detail text, times integer, last_at timestamptz)
  limit 1000;
  -- Now and then: the newest 50,000 stay, and none for longer than a month.
  if random() < 0.05 then
    delete from denials where last_at < now() - interval '30 days'
      or id <= (select id from denials order by id desc offset 50000 limit 1);
  end if;
end $$;
alter function gate.note_denials(noted jsonb) owner to bulkhead_gate;
revoke execute on function gate.note_denials(noted jsonb) from public;
grant execute on function gate.note_denials(noted jsonb) to bulkhead_app;

create function gate.notify(
  reader uuid, headline text, body text, kind text, target text, says text default null::text,
  about jsonb default '{}'::jsonb
)
returns uuid
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  insert into notifications (company_id, user_id, title, message, type, link, key, params)
  values (app.cid(), reader, left(headline, 255), body, coalesce(kind, 'info'), target, says, coalesce(about, '{}'))
  returning id
$$;
alter function gate.notify(reader uuid, headline text, body text, kind text, target text, says text, about jsonb) owner to bulkhead_gate;
revoke execute on function gate.notify(reader uuid, headline text, body text, kind text, target text, says text, about jsonb) from public;
grant execute on function gate.notify(reader uuid, headline text, body text, kind text, target text, says text, about jsonb) to bulkhead_app;

create function gate.open_session(
  identity uuid, checked_hash text, step bigint, recovery text, refresh bytea, device jsonb
)
returns table(session_id uuid, company_id uuid, company_name text, user_id uuid, email text, first_name text, last_name text, user_role text)
language plpgsql volatile security definer
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
alter function gate.open_session(identity uuid, checked_hash text, step bigint, recovery text, refresh bytea, device jsonb) owner to bulkhead_gate;
revoke execute on function gate.open_session(identity uuid, checked_hash text, step bigint, recovery text, refresh bytea, device jsonb) from public;
grant execute on function gate.open_session(identity uuid, checked_hash text, step bigint, recovery text, refresh bytea, device jsonb) to bulkhead_app;

create function gate.own_credentials()
returns table(locked_seconds integer, identity_id uuid, email text, password_hash text, totp_secret text, totp_confirmed boolean, totp_last_step bigint)
language plpgsql volatile security definer
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
alter function gate.own_credentials() owner to bulkhead_gate;
revoke execute on function gate.own_credentials() from public;
grant execute on function gate.own_credentials() to bulkhead_app;

create function gate.own_identity()
returns login_identities
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select i from login_identities i
  where case when app.cid() is null then i.is_super_admin and i.id = app.uid()
        else i.company_id = app.cid() and i.user_id = app.uid() end
$$;
alter function gate.own_identity() owner to bulkhead_gate;
revoke execute on function gate.own_identity() from public;

create function gate.platform_act(session uuid, company uuid, why text, minutes integer, ip inet, agent text)
returns table(session_id uuid, expires_at timestamp with time zone, company_name text)
language plpgsql volatile security definer
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
alter function gate.platform_act(session uuid, company uuid, why text, minutes integer, ip inet, agent text) owner to bulkhead_gate;
revoke execute on function gate.platform_act(session uuid, company uuid, why text, minutes integer, ip inet, agent text) from public;
grant execute on function gate.platform_act(session uuid, company uuid, why text, minutes integer, ip inet, agent text) to bulkhead_app;

create function gate.platform_actor(session uuid)
returns table(id uuid, email citext)
language plpgsql stable
set search_path = pg_catalog, public, pg_temp
as $$
begin
  return query
    select i.id, i.email from platform_sessions s join login_identities i on i.id = s.identity_id
    where s.id = session and s.revoked_at is null and s.expires_at > now() and i.is_super_admin;
  if not found then raise exception 'Please log in' using errcode = 'BH401'; end if;
end $$;
alter function gate.platform_actor(session uuid) owner to bulkhead_gate;
revoke execute on function gate.platform_actor(session uuid) from public;

create function gate.platform_ask_audit(session uuid)
returns table(id uuid)
language plpgsql volatile security definer
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
alter function gate.platform_ask_audit(session uuid) owner to bulkhead_gate;
revoke execute on function gate.platform_ask_audit(session uuid) from public;
grant execute on function gate.platform_ask_audit(session uuid) to bulkhead_app;

create function gate.platform_ask_probe(session uuid)
returns table(id uuid)
language plpgsql volatile security definer
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
alter function gate.platform_ask_probe(session uuid) owner to bulkhead_gate;
revoke execute on function gate.platform_ask_probe(session uuid) from public;
grant execute on function gate.platform_ask_probe(session uuid) to bulkhead_app;

create function gate.platform_audit_page(session uuid, company uuid, before uuid, most integer)
returns table(id uuid, actor_id uuid, actor_email text, action text, about_company_id uuid, company_name text, reason text, details jsonb, ip_address inet, created_at timestamp with time zone)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query
    select p.id, p.actor_id, p.actor_email::text, p.action, p.about_company_id, c.name, p.reason, p.details,
      p.ip_address, p.created_at
    from platform_audit p left join companies c on c.id = p.about_company_id
    where (company is null or p.about_company_id = company) and (before is null or p.id < before)
    order by p.id desc
    limit most;
end $$;
alter function gate.platform_audit_page(session uuid, company uuid, before uuid, most integer) owner to bulkhead_gate;
revoke execute on function gate.platform_audit_page(session uuid, company uuid, before uuid, most integer) from public;
grant execute on function gate.platform_audit_page(session uuid, company uuid, before uuid, most integer) to bulkhead_app;

create function gate.platform_audit_report(session uuid, wanted uuid)
returns table(report jsonb)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query select r.report from audit_runs r where r.id = wanted and r.report ? 'outcomes';
end $$;
alter function gate.platform_audit_report(session uuid, wanted uuid) owner to bulkhead_gate;
revoke execute on function gate.platform_audit_report(session uuid, wanted uuid) from public;
grant execute on function gate.platform_audit_report(session uuid, wanted uuid) to bulkhead_app;

create function gate.platform_audit_runs(session uuid, wanted uuid, most integer)
returns table(id uuid, reason text, status text, requested_by_email text, requested_at timestamp with time zone, started_at timestamp with time zone, finished_at timestamp with time zone, done integer, total integer, rule text, error text, verdict text, percent integer, checks integer, passed integer, failed integer, waived integer, not_checked integer, has_report boolean)
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
alter function gate.platform_audit_runs(session uuid, wanted uuid, most integer) owner to bulkhead_gate;
revoke execute on function gate.platform_audit_runs(session uuid, wanted uuid, most integer) from public;
grant execute on function gate.platform_audit_runs(session uuid, wanted uuid, most integer) to bulkhead_app;

create function gate.platform_audit_schedule(session uuid)
returns table(nightly boolean, hour integer)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query select s.nightly, s.hour from audit_schedule s;
end $$;
alter function gate.platform_audit_schedule(session uuid) owner to bulkhead_gate;
revoke execute on function gate.platform_audit_schedule(session uuid) from public;
grant execute on function gate.platform_audit_schedule(session uuid) to bulkhead_app;

create function gate.platform_change_company(session uuid, company uuid, change jsonb)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  actor record;
  former companies;
  latter companies;
  diff jsonb;
begin
  select * into actor from gate.platform_actor(session);
  select * into former from companies c where c.id = company and c.status <> 'deleted' for update;
  if not found then raise exception 'no such company' using errcode = 'BH404'; end if;
  perform set_config('app.request', (app.request() || jsonb_build_object('acting', actor.email))::text, true);
  begin
    update companies c set
      name = case when change ? 'name' then change ->> 'name' else c.name end,
      email = case when change ? 'email' then (change ->> 'email')::citext else c.email end,
      domain = case when change ? 'domain' then (change ->> 'domain')::citext else c.domain end,
      plan = case when change ? 'plan' then change ->> 'plan' else c.plan end,
      subscription_status =
        case when change ? 'subscription_status' then change ->> 'subscription_status' else c.subscription_status end,
      trial_ends_at =
        case when change ? 'trial_ends_at' then (change ->> 'trial_ends_at')::timestamptz else c.trial_ends_at end
    where c.id = company
    returning * into latter;
  exception when unique_violation then
    raise exception 'Another company has this domain.' using errcode = 'BH409';
  end;
  select jsonb_build_object('before', jsonb_object_agg(n.key, o.value), 'after', jsonb_object_agg(n.key, n.value))
  into diff
  from jsonb_each(to_jsonb(latter)) n join jsonb_each(to_jsonb(former)) o using (key)
  where n.value is distinct from o.value and n.key not in ('updated_at', 'version');
  if diff -> 'after' <> 'null' then
    perform gate.platform_log(session, 'changed', company, null, diff);
  end if;
end $$;
alter function gate.platform_change_company(session uuid, company uuid, change jsonb) owner to bulkhead_gate;
revoke execute on function gate.platform_change_company(session uuid, company uuid, change jsonb) from public;
grant execute on function gate.platform_change_company(session uuid, company uuid, change jsonb) to bulkhead_app;

create function gate.platform_companies(
  session uuid, wanted uuid, wanted_status text, search text, before timestamp with time zone, before_id uuid,
  most integer
)
returns table(id uuid, name text, status text, plan text, email text, domain text, subscription_status text, trial_ends_at timestamp with time zone, suspended_reason text, deleted_at timestamp with time zone, created_at timestamp with time zone, users bigint, active_users bigint, contacts bigint, deals bigint, last_activity_at timestamp with time zone)
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
alter function gate.platform_companies(session uuid, wanted uuid, wanted_status text, search text, before timestamp with time zone, before_id uuid, most integer) owner to bulkhead_gate;
revoke execute on function gate.platform_companies(session uuid, wanted uuid, wanted_status text, search text, before timestamp with time zone, before_id uuid, most integer) from public;
grant execute on function gate.platform_companies(session uuid, wanted uuid, wanted_status text, search text, before timestamp with time zone, before_id uuid, most integer) to bulkhead_app;

create function gate.platform_create_company(session uuid, company jsonb, admin jsonb, token bytea, sealed text)
returns table(company_id uuid, invitation_id uuid)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  made companies;
begin
  perform gate.platform_actor(session);
  begin
    insert into companies (name, email, domain, plan, timezone, currency, subscription_status, trial_ends_at)
    values (company ->> 'name', (company ->> 'email')::citext, (company ->> 'domain')::citext,
      coalesce(company ->> 'plan', 'trial'), coalesce(company ->> 'timezone', 'UTC'), coalesce(company ->> 'currency', 'USD'),
      'trialing', now() + make_interval(days => (company ->> 'trial_days')::int))
    returning * into made;
  exception when unique_violation then
    raise exception 'Another company has this domain.' using errcode = 'BH409';
  end;
  perform set_config('app.company_id', made.id::text, true);
  perform gate.add_default_pipeline(made.id);
  insert into invitations (company_id, email, user_role, first_name, last_name, token_hash, expires_at)
  values (made.id, (admin ->> 'email')::citext, 'company_admin', admin ->> 'first_name', admin ->> 'last_name', token,
    now() + interval '7 days')
  returning id into invitation_id;
  perform gate.enqueue('invitations.mail', jsonb_build_object('invitation_id', invitation_id, 'sealed', sealed),
    null, null, 10, 0);
  perform gate.platform_log(session, 'created', made.id, null, jsonb_build_object('name', made.name));
  company_id := made.id;
  return next;
end $$;
alter function gate.platform_create_company(session uuid, company jsonb, admin jsonb, token bytea, sealed text) owner to bulkhead_gate;
revoke execute on function gate.platform_create_company(session uuid, company jsonb, admin jsonb, token bytea, sealed text) from public;
grant execute on function gate.platform_create_company(session uuid, company jsonb, admin jsonb, token bytea, sealed text) to bulkhead_app;

create function gate.platform_end_acting(session uuid)
returns table(session_id uuid)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  open record;
begin
  for open in
    select s.company_id, s.id from sessions s join gate.platform_actor(session) a on a.id = s.acting_admin_id
    where s.revoked_at is null and s.expires_at > now()
  loop
    perform gate.acting_has_ended(open.company_id, open.id, 'ended');
    session_id := open.id;
    return next;
  end loop;
end $$;
alter function gate.platform_end_acting(session uuid) owner to bulkhead_gate;
revoke execute on function gate.platform_end_acting(session uuid) from public;
grant execute on function gate.platform_end_acting(session uuid) to bulkhead_app;

create function gate.platform_figures(session uuid)
returns table(companies bigint, active_companies bigint, suspended_companies bigint, deleted_companies bigint, trials bigint, trials_ending_soon bigint, new_companies_30_days bigint, users bigint, users_active_7_days bigint, contacts bigint, deals bigint, open_actings bigint)
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
alter function gate.platform_figures(session uuid) owner to bulkhead_gate;
revoke execute on function gate.platform_figures(session uuid) from public;
grant execute on function gate.platform_figures(session uuid) to bulkhead_app;

create function gate.platform_history(session uuid, step text, spans integer)
returns table(starts_on date, companies bigint, new_companies bigint, users bigint, trials bigint, active_companies bigint)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  canaries uuid[] := array(select c.id from companies c where c.is_canary);
begin
  perform gate.platform_actor(session);
  if step not in ('week', 'month') then raise exception 'neither a week nor a month' using errcode = 'BH409'; end if;
  return query
    select (s.begins at time zone 'UTC')::date,
      count(*) filter (where c.created_at < s.ends and (c.deleted_at is null or c.deleted_at >= s.ends)),
      count(*) filter (where c.created_at >= s.begins and c.created_at < s.ends),
      -- Who left is not dated: their row changed last when they did, or later.
      (select count(*) from users u
       where u.created_at < s.ends and (u.status = 'active' or u.updated_at >= s.ends)
         and u.company_id <> all (canaries)),
      count(*) filter (where c.created_at < s.ends and c.trial_ends_at >= least(s.ends, now())
        and (c.deleted_at is null or c.deleted_at >= s.ends)),
      count(*) filter (where exists (
        select from audit_logs l
        where l.company_id = c.id and l.user_id is not null
          and l.id >= gate.first_id_at(s.begins) and l.id < gate.first_id_at(s.ends)))
    from (
      select day at time zone 'UTC' as begins, (day + ('1 ' || step)::interval) at time zone 'UTC' as ends
      from generate_series(
        date_trunc(step, now() at time zone 'UTC') - (least(greatest(spans, 1), 60) - 1) * ('1 ' || step)::interval,
        date_trunc(step, now() at time zone 'UTC'), ('1 ' || step)::interval) day
    ) s
    left join companies c on c.created_at < s.ends and not c.is_canary
    group by s.begins, s.ends
    order by s.begins;
end $$;
alter function gate.platform_history(session uuid, step text, spans integer) owner to bulkhead_gate;
revoke execute on function gate.platform_history(session uuid, step text, spans integer) from public;
grant execute on function gate.platform_history(session uuid, step text, spans integer) to bulkhead_app;

create function gate.platform_log(session uuid, what text, company uuid, why text, more jsonb default '{}'::jsonb)
returns void
language sql volatile
set search_path = pg_catalog, public, pg_temp
as $$
  insert into platform_audit (actor_id, actor_email, action, about_company_id, reason, details, ip_address)
  select a.id, a.email, what, company, why, more, (nullif(current_setting('app.request', true), '')::jsonb ->> 'ip')::inet
  from gate.platform_actor(session) a
$$;
alter function gate.platform_log(session uuid, what text, company uuid, why text, more jsonb) owner to bulkhead_gate;
revoke execute on function gate.platform_log(session uuid, what text, company uuid, why text, more jsonb) from public;

create function gate.platform_me(session uuid)
returns table(id uuid, email text, first_name text, last_name text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select i.id, i.email::text, i.first_name, i.last_name
  from gate.platform_actor(session) a join login_identities i on i.id = a.id
$$;
alter function gate.platform_me(session uuid) owner to bulkhead_gate;
revoke execute on function gate.platform_me(session uuid) from public;
grant execute on function gate.platform_me(session uuid) to bulkhead_app;

create function gate.platform_probe_report(session uuid, wanted uuid)
returns table(report jsonb)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query select r.report from probe_runs r where r.id = wanted and r.report ? 'cells';
end $$;
alter function gate.platform_probe_report(session uuid, wanted uuid) owner to bulkhead_gate;
revoke execute on function gate.platform_probe_report(session uuid, wanted uuid) from public;
grant execute on function gate.platform_probe_report(session uuid, wanted uuid) to bulkhead_app;

create function gate.platform_probe_runs(session uuid, wanted uuid, most integer)
returns table(id uuid, reason text, status text, requested_by_email text, requested_at timestamp with time zone, started_at timestamp with time zone, finished_at timestamp with time zone, done integer, total integer, endpoint text, error text, stopped text, leaked integer, held integer, not_reached integer, not_applicable integer, requests integer, has_report boolean)
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
alter function gate.platform_probe_runs(session uuid, wanted uuid, most integer) owner to bulkhead_gate;
revoke execute on function gate.platform_probe_runs(session uuid, wanted uuid, most integer) from public;
grant execute on function gate.platform_probe_runs(session uuid, wanted uuid, most integer) to bulkhead_app;

create function gate.platform_probe_schedule(session uuid)
returns table(nightly boolean, hour integer)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  return query select s.nightly, s.hour from probe_schedule s;
end $$;
alter function gate.platform_probe_schedule(session uuid) owner to bulkhead_gate;
revoke execute on function gate.platform_probe_schedule(session uuid) from public;
grant execute on function gate.platform_probe_schedule(session uuid) to bulkhead_app;

create function gate.platform_rename_me(session uuid, first text, last text)
returns void
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  update login_identities i set first_name = coalesce(first, i.first_name), last_name = coalesce(last, i.last_name)
  from gate.platform_actor(session) a where i.id = a.id
$$;
alter function gate.platform_rename_me(session uuid, first text, last text) owner to bulkhead_gate;
revoke execute on function gate.platform_rename_me(session uuid, first text, last text) from public;
grant execute on function gate.platform_rename_me(session uuid, first text, last text) to bulkhead_app;

create function gate.platform_schedule_audit(session uuid, wanted boolean, at_hour integer)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform gate.platform_actor(session);
  update audit_schedule set nightly = wanted, hour = at_hour;
  perform gate.platform_log(session, 'audit_scheduled', null, null, jsonb_build_object('nightly', wanted, 'hour', at_hour));
end $$;
alter function gate.platform_schedule_audit(session uuid, wanted boolean, at_hour integer) owner to bulkhead_gate;
revoke execute on function gate.platform_schedule_audit(session uuid, wanted boolean, at_hour integer) from public;
grant execute on function gate.platform_schedule_audit(session uuid, wanted boolean, at_hour integer) to bulkhead_app;

create function gate.platform_schedule_probe(session uuid, wanted boolean, at_hour integer)
returns void
language plpgsql volatile security definer
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
alter function gate.platform_schedule_probe(session uuid, wanted boolean, at_hour integer) owner to bulkhead_gate;
revoke execute on function gate.platform_schedule_probe(session uuid, wanted boolean, at_hour integer) from public;
grant execute on function gate.platform_schedule_probe(session uuid, wanted boolean, at_hour integer) to bulkhead_app;

create function gate.platform_session_state(session uuid)
returns table(identity_id uuid, email text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select i.id, i.email::text
  from platform_sessions s join login_identities i on i.id = s.identity_id
  where s.id = session and s.revoked_at is null and s.expires_at > now() and i.is_super_admin
$$;
alter function gate.platform_session_state(session uuid) owner to bulkhead_gate;
revoke execute on function gate.platform_session_state(session uuid) from public;
grant execute on function gate.platform_session_state(session uuid) to bulkhead_app;

create function gate.platform_set_status(session uuid, company uuid, wanted text, why text)
returns table(status text)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  former text;
  open record;
begin
  perform gate.platform_actor(session);
  select c.status into former from companies c where c.id = company for update;
  if not found or (wanted = 'deleted' and former = 'deleted') or (wanted = 'suspended' and former = 'deleted') then
    raise exception 'no such company' using errcode = 'BH404';
  end if;
  if former = wanted then
    raise exception 'The company is % already.', wanted using errcode = 'BH409';
  end if;
  update companies c set status = wanted, suspended_reason = case when wanted = 'suspended' then why end,
    deleted_at = case when wanted = 'deleted' then now() end
  where c.id = company;
  if wanted <> 'active' then
    for open in
      select s.id from sessions s
      where s.company_id = company and s.acting_admin_id is not null and s.revoked_at is null and s.expires_at > now()
    loop
      perform gate.acting_has_ended(company, open.id, wanted);
    end loop;
    update sessions s set revoked_at = now(), revoked_reason = wanted
    where s.company_id = company and s.revoked_at is null and (wanted = 'deleted' or s.acting_admin_id is not null);
  end if;
  if wanted = 'deleted' then
    -- A week to think again; its rows go then.
    perform set_config('app.company_id', company::text, true);
    perform gate.enqueue('companies.purge', '{}', now() + interval '7 days 1 hour', 'purge', 25, 0);
  end if;
  perform gate.platform_log(session,
    case wanted when 'active' then 'reinstated' else wanted end, company, why, jsonb_build_object('before', former));
  return query select wanted;
end $$;
alter function gate.platform_set_status(session uuid, company uuid, wanted text, why text) owner to bulkhead_gate;
revoke execute on function gate.platform_set_status(session uuid, company uuid, wanted text, why text) from public;
grant execute on function gate.platform_set_status(session uuid, company uuid, wanted text, why text) to bulkhead_app;

create function gate.purge_company()
returns boolean
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  delete from companies where id = app.cid() and status = 'deleted' and deleted_at < now() - interval '7 days';
  return found;
end $$;
alter function gate.purge_company() owner to bulkhead_gate;
revoke execute on function gate.purge_company() from public;
grant execute on function gate.purge_company() to bulkhead_app;

create function gate.put_back_job(company uuid, job uuid, due timestamp with time zone, error text)
returns text
language plpgsql volatile security definer
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
alter function gate.put_back_job(company uuid, job uuid, due timestamp with time zone, error text) owner to bulkhead_gate;
revoke execute on function gate.put_back_job(company uuid, job uuid, due timestamp with time zone, error text) from public;

create function gate.reassign_records(leaver uuid, heir uuid)
returns table(resource text, records bigint)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  company constant uuid := app.cid();
  owned record;
begin
  if leaver = heir or not exists (
    select from users where company_id = company and id = heir and status = 'active') then
    raise exception 'not an active colleague' using errcode = '23503', column = 'reassign_to';
  end if;
  for owned in
    select t.relname as name, exists (
        select from pg_attribute p where p.attrelid = t.oid and p.attname = 'private_to' and not p.attisdropped
      ) as can_be_private
    from pg_constraint k
    join pg_class t on t.oid = k.conrelid
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname = 'owner_id'
    where k.contype = 'f' and k.confrelid = 'public.users'::regclass and k.confdeltype <> 'c'
      and t.relnamespace = 'public'::regnamespace and not t.relispartition
    order by t.relname
  loop
    execute format('update public.%I set owner_id = $1%s where company_id = $2 and owner_id = $3', owned.name,
      case when owned.can_be_private then ', private_to = case when private_to = $3 then $1 else private_to end' else '' end)
    using heir, company, leaver;
    get diagnostics records = row_count;
    resource := owned.name;
    if records > 0 then return next; end if;
  end loop;
end $$;
alter function gate.reassign_records(leaver uuid, heir uuid) owner to bulkhead_gate;
revoke execute on function gate.reassign_records(leaver uuid, heir uuid) from public;
grant execute on function gate.reassign_records(leaver uuid, heir uuid) to bulkhead_app;

create function gate.record_owner(resource text, record uuid)
returns table(owner_id uuid, private_to uuid, is_deleted boolean)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (
    select from pg_class t where t.relname = resource and t.relnamespace = 'public'::regnamespace and t.relkind = 'r'
      and (select count(*) from pg_attribute a where a.attrelid = t.oid and not a.attisdropped
             and a.attname in ('company_id', 'id', 'owner_id', 'private_to', 'deleted_at')) = 5) then
    raise exception 'no such resource' using errcode = '23514', column = 'resource';
  end if;
  return query execute format(
    'select owner_id, private_to, deleted_at is not null from public.%I where company_id = $1 and id = $2', resource)
    using app.cid(), record;
end $$;
alter function gate.record_owner(resource text, record uuid) owner to bulkhead_gate;
revoke execute on function gate.record_owner(resource text, record uuid) from public;
grant execute on function gate.record_owner(resource text, record uuid) to bulkhead_app;

create function gate.recover_jobs()
returns integer
language plpgsql volatile security definer
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
alter function gate.recover_jobs() owner to bulkhead_gate;
revoke execute on function gate.recover_jobs() from public;
grant execute on function gate.recover_jobs() to bulkhead_jobs;

create function gate.refresh_platform_session(token bytea, successor bytea)
returns table(reused boolean, session_id uuid, company_id uuid, company_name text, user_id uuid, email text, first_name text, last_name text, user_role text)
language plpgsql volatile security definer
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
alter function gate.refresh_platform_session(token bytea, successor bytea) owner to bulkhead_gate;
revoke execute on function gate.refresh_platform_session(token bytea, successor bytea) from public;
grant execute on function gate.refresh_platform_session(token bytea, successor bytea) to bulkhead_app;

create function gate.refresh_session(company uuid, token bytea, successor bytea)
returns table(reused boolean, session_id uuid, company_id uuid, company_name text, user_id uuid, email text, first_name text, last_name text, user_role text)
language plpgsql volatile security definer
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
alter function gate.refresh_session(company uuid, token bytea, successor bytea) owner to bulkhead_gate;
revoke execute on function gate.refresh_session(company uuid, token bytea, successor bytea) from public;
grant execute on function gate.refresh_session(company uuid, token bytea, successor bytea) to bulkhead_app;

create function gate.register_company(
  called text, typed text, hash text, first text, last text, telephone text, refresh bytea, device jsonb
)
returns table(session_id uuid, company_id uuid, company_name text, user_id uuid, email text, first_name text, last_name text, user_role text, trial_ends_at timestamp with time zone)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  company companies;
  admin uuid := app.uuid7();
  i login_identities;
  session uuid;
begin
  insert into companies (name, email, phone, plan, subscription_status, trial_ends_at)
  values (called, typed::citext, telephone, 'trial', 'trialing', now() + interval '14 days')
  returning * into company;
  perform set_config('app.user_id', admin::text, true); -- the admin is who did all this, says the audit log
  insert into users (company_id, id, email, user_role, first_name, last_name, phone)
  values (company.id, admin, typed::citext, 'company_admin', first, last, telephone);
  insert into login_identities (email, company_id, user_id, password_hash)
  values (typed::citext, company.id, admin, hash)
  returning * into i;
  perform gate.add_default_pipeline(company.id);
  perform gate.log_identity(i, 'registered', 'info', 'The company was registered');
  session := gate.new_session(i, refresh, device);
  return query select g.*, company.trial_ends_at from gate.grant_of(company.id, session) g;
end $$;
alter function gate.register_company(called text, typed text, hash text, first text, last text, telephone text, refresh bytea, device jsonb) owner to bulkhead_gate;
revoke execute on function gate.register_company(called text, typed text, hash text, first text, last text, telephone text, refresh bytea, device jsonb) from public;
grant execute on function gate.register_company(called text, typed text, hash text, first text, last text, telephone text, refresh bytea, device jsonb) to bulkhead_app;

create function gate.register_tags()
returns trigger
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tag text;
begin
  for tag in select distinct t from unnest(new.tags) t order by t loop
    if not exists (select from tags where company_id = new.company_id and name = tag) then
      insert into tags (company_id, name) values (new.company_id, tag) on conflict do nothing;
    end if;
  end loop;
  return null;
end $$;
alter function gate.register_tags() owner to bulkhead_gate;
revoke execute on function gate.register_tags() from public;
grant execute on function gate.register_tags() to bulkhead_owner;

create function gate.release_job(claimer uuid, company uuid, job uuid)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update jobs set status = 'waiting', worker = null, leased_until = null, attempts = attempts - 1
  where company_id = company and id = job and status = 'running' and worker = claimer;
exception when unique_violation then
  delete from jobs where company_id = company and id = job;
end $$;
alter function gate.release_job(claimer uuid, company uuid, job uuid) owner to bulkhead_gate;
revoke execute on function gate.release_job(claimer uuid, company uuid, job uuid) from public;
grant execute on function gate.release_job(claimer uuid, company uuid, job uuid) to bulkhead_jobs;

create function gate.remind_of_activity(activity uuid, due timestamp with time zone)
returns table(notification_id uuid, reader uuid)
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
alter function gate.remind_of_activity(activity uuid, due timestamp with time zone) owner to bulkhead_gate;
revoke execute on function gate.remind_of_activity(activity uuid, due timestamp with time zone) from public;
grant execute on function gate.remind_of_activity(activity uuid, due timestamp with time zone) to bulkhead_app;

create function gate.renew_jobs(claimer uuid, lease_seconds integer, held jsonb)
returns integer
language plpgsql volatile security definer
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
alter function gate.renew_jobs(claimer uuid, lease_seconds integer, held jsonb) owner to bulkhead_gate;
revoke execute on function gate.renew_jobs(claimer uuid, lease_seconds integer, held jsonb) from public;
grant execute on function gate.renew_jobs(claimer uuid, lease_seconds integer, held jsonb) to bulkhead_jobs;

create function gate.reset_password(token bytea, new_hash text)
returns table(identity_id uuid, company_id uuid, user_id uuid, email text, first_name text)
language plpgsql volatile security definer
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
alter function gate.reset_password(token bytea, new_hash text) owner to bulkhead_gate;
revoke execute on function gate.reset_password(token bytea, new_hash text) from public;
grant execute on function gate.reset_password(token bytea, new_hash text) to bulkhead_app;

create function gate.reset_target(typed text)
returns table(identity_id uuid, company_id uuid, user_id uuid, email text, first_name text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select i.id, i.company_id, i.user_id, i.email::text, coalesce(u.first_name, i.first_name, '')
  from login_identities i
  left join users u on u.company_id = i.company_id and u.id = i.user_id
  left join companies c on c.id = i.company_id
  where i.email = typed::citext and (i.is_super_admin or (u.status = 'active' and c.status <> 'deleted'))
$$;
alter function gate.reset_target(typed text) owner to bulkhead_gate;
revoke execute on function gate.reset_target(typed text) from public;
grant execute on function gate.reset_target(typed text) to bulkhead_app;

create function gate.retag_everywhere(tag uuid, new_name text)
returns table(contacts bigint, deals bigint)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
  old_name text := (select t.name from tags t where t.company_id = app.cid() and t.id = tag);
  contact_count bigint;
  deal_count bigint;
begin
  if old_name is null then
    return;
  end if;
  if new_name is null then
    delete from tags t where t.company_id = app.cid() and t.id = tag;
  else
    update tags t set name = new_name where t.company_id = app.cid() and t.id = tag;
  end if;
  -- With null array_replace would leave a null in the tag's place.
  update contacts c set tags = array_remove(array_replace(c.tags, old_name, new_name), null)
  where c.company_id = app.cid() and old_name = any (c.tags);
  get diagnostics contact_count = row_count;
  update deals d set tags = array_remove(array_replace(d.tags, old_name, new_name), null)
  where d.company_id = app.cid() and old_name = any (d.tags);
  get diagnostics deal_count = row_count;
  return query select contact_count, deal_count;
end $$;
alter function gate.retag_everywhere(tag uuid, new_name text) owner to bulkhead_gate;
revoke execute on function gate.retag_everywhere(tag uuid, new_name text) from public;
grant execute on function gate.retag_everywhere(tag uuid, new_name text) to bulkhead_app;

create function gate.retire_stages(stages uuid[], target uuid)
returns table(held bigint, moved bigint)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if current_setting('app.owners', true) is distinct from '*' then
    raise insufficient_privilege using message = 'only who sees the whole company may retire stages';
  end if;
  -- Movers hold a share lock on the stage that they move into: whoever is first is seen by the other.
  perform from pipeline_stages s where s.company_id = app.cid() and s.id = any (stages) order by s.id for update;
  select count(*) into held
  from deals d where d.company_id = app.cid() and d.stage_id = any (stages) and d.deleted_at is null;
  moved := 0;
  if target is not null then
    update deals d
    set stage_id = t.id, pipeline_id = t.pipeline_id, stage_entered_at = now(), probability = t.probability,
      status = case when t.is_won then 'won' when t.is_closed then 'lost' else 'open' end,
      actual_close_date = case when t.is_closed then coalesce(d.actual_close_date, current_date) end
    from pipeline_stages t
    where d.company_id = app.cid() and d.stage_id = any (stages)
      and t.company_id = app.cid() and t.id = target and t.deleted_at is null and t.id <> all (stages);
    get diagnostics moved = row_count;
  end if;
  if held = 0 or moved > 0 then
    update pipeline_stages s set deleted_at = now()
    where s.company_id = app.cid() and s.id = any (stages) and s.deleted_at is null;
  end if;
  return next;
end $$;
alter function gate.retire_stages(stages uuid[], target uuid) owner to bulkhead_gate;
revoke execute on function gate.retire_stages(stages uuid[], target uuid) from public;
grant execute on function gate.retire_stages(stages uuid[], target uuid) to bulkhead_app;

create function gate.retry_job(job uuid)
returns setof uuid
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  return query
    update jobs j set status = 'waiting', attempts = 0, run_at = now()
    where j.company_id = app.cid() and j.id = job and j.status <> 'running' and app.sees(j.user_id, null)
    returning j.id;
end $$;
alter function gate.retry_job(job uuid) owner to bulkhead_gate;
revoke execute on function gate.retry_job(job uuid) from public;
grant execute on function gate.retry_job(job uuid) to bulkhead_app;

create function gate.schedule_nightly(job_name text, hour integer)
returns integer
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
alter function gate.schedule_nightly(job_name text, hour integer) owner to bulkhead_gate;
revoke execute on function gate.schedule_nightly(job_name text, hour integer) from public;
grant execute on function gate.schedule_nightly(job_name text, hour integer) to bulkhead_jobs;

create function gate.search_contacts(term text, filters jsonb default '{}'::jsonb, most integer default 1000)
returns table(id uuid, rank integer)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  words text[] := regexp_split_to_array(regexp_replace(lower(term), '^\s+|\s+$', '', 'g'), '\s+');
  first_word text := words[1];
  beyond text := first_word || chr(1114111);
  patterns text[] := '{}';
  word text;
  found_ids uuid[];
  inside integer := greatest(1, least(most, 1000));
begin
  if coalesce(first_word, '') = '' or app.cid() is null then
    return;
  end if;
  foreach word in array words loop
    patterns := patterns || ('%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%');
  end loop;

  found_ids := array(
    select distinct hit.id
    from (
      (select c.id from contacts c
        where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
          and c.last_key >= first_word and c.last_key < beyond and c.search_text like all (patterns)
          and (filters = '{}' or gate.contact_passes(c, filters))
        order by c.last_key, c.first_key, c.id limit inside)
      union all
      (select c.id from contacts c
        where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
          and c.first_key >= first_word and c.first_key < beyond and c.search_text like all (patterns)
          and (filters = '{}' or gate.contact_passes(c, filters))
        order by c.first_key, c.last_key, c.id limit inside)
      union all
      (select c.id from contacts c
        where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
          and c.email_key >= first_word and c.email_key < beyond and c.search_text like all (patterns)
          and (filters = '{}' or gate.contact_passes(c, filters))
        order by c.email_key, c.id limit inside)
      union all
      (select c.id from contacts c
        where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
          and c.company_key >= first_word and c.company_key < beyond and c.search_text like all (patterns)
          and (filters = '{}' or gate.contact_passes(c, filters))
        order by c.company_key, c.id limit inside)
    ) hit
    order by hit.id desc
    limit inside);
  return query select unnest(found_ids), 0;
  inside := inside - cardinality(found_ids);
  if inside = 0 then
    return;
  end if;

  -- No trigram is made of punctuation, nor of letters beyond ASCII where the server's LC_CTYPE is C: the company's
  -- contacts are read through. One or two plain letters find beginnings only.
  if term ~ '\S{3}|[^\x01-\x7f]' then
    return query
      select held, 1 from gate.contacts_holding(words, patterns, filters, found_ids, inside) held;
  end if;
end $$;
alter function gate.search_contacts(term text, filters jsonb, most integer) owner to bulkhead_gate;
revoke execute on function gate.search_contacts(term text, filters jsonb, most integer) from public;
grant execute on function gate.search_contacts(term text, filters jsonb, most integer) to bulkhead_app;

create function gate.session_state(company uuid, session uuid)
returns table(user_id uuid, user_role text, owners text, company_status text, acting_admin_email text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select s.user_id,
    coalesce(u.user_role, 'company_admin'),
    case when s.user_id is null then '*' else gate.visible_owners(company, u.id, u.user_role) end,
    c.status,
    s.acting_admin_email
  from sessions s
  join companies c on c.id = s.company_id
  left join users u on u.company_id = s.company_id and u.id = s.user_id
  where s.company_id = company and s.id = session
    and s.revoked_at is null and s.expires_at > now()
    and (s.user_id is null or u.status = 'active')
    and c.status <> 'deleted'
$$;
alter function gate.session_state(company uuid, session uuid) owner to bulkhead_gate;
revoke execute on function gate.session_state(company uuid, session uuid) from public;
grant execute on function gate.session_state(company uuid, session uuid) to bulkhead_app;

create function gate.settle_idempotency_key(key_id uuid)
returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if pg_current_xact_id_if_assigned() is null then
    return; -- nothing was written
  end if;
  update idempotency_keys k set
    settled_at = coalesce(k.settled_at, now()),
    made_id = coalesce(k.made_id, (
      select a.resource_id from audit_logs a
      where a.company_id = app.cid() and a.id > k.id and a.user_id = app.uid()
        and a.created_at = now() and a.action = 'create'
      order by a.id
      limit 1))
  where k.company_id = app.cid() and k.user_id = app.uid() and k.id = key_id;
  if not found then
    raise exception 'A repetition of this request has taken its place.' using errcode = 'BH409';
  end if;
end $$;
alter function gate.settle_idempotency_key(key_id uuid) owner to bulkhead_gate;
revoke execute on function gate.settle_idempotency_key(key_id uuid) from public;
grant execute on function gate.settle_idempotency_key(key_id uuid) to bulkhead_app;

create function gate.state_of(v invitations)
returns text
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select case when v.accepted_at is not null then 'accepted' when v.revoked_at is not null then 'revoked'
    when v.expires_at <= now() then 'expired' else 'pending' end
$$;
alter function gate.state_of(v invitations) owner to bulkhead_gate;
revoke execute on function gate.state_of(v invitations) from public;

create function gate.take_minutes(minutes integer)
returns void
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$ select set_config('statement_timeout', least(greatest(minutes, 1), 60) || 'min', true) $$;
alter function gate.take_minutes(minutes integer) owner to bulkhead_gate;
revoke execute on function gate.take_minutes(minutes integer) from public;
grant execute on function gate.take_minutes(minutes integer) to bulkhead_app;

create function gate.tell_audit(run uuid, so_far integer, of integer, at text)
returns void
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$ update audit_runs r set done = so_far, total = of, rule = at, heard_at = now() where r.id = run and r.status = 'running' $$;
alter function gate.tell_audit(run uuid, so_far integer, of integer, at text) owner to bulkhead_gate;
revoke execute on function gate.tell_audit(run uuid, so_far integer, of integer, at text) from public;
grant execute on function gate.tell_audit(run uuid, so_far integer, of integer, at text) to bulkhead_jobs;

create function gate.tell_probe(run uuid, so_far integer, of integer, at text)
returns void
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$ update probe_runs r set done = so_far, total = of, endpoint = at, heard_at = now() where r.id = run and r.status = 'running' $$;
alter function gate.tell_probe(run uuid, so_far integer, of integer, at text) owner to bulkhead_gate;
revoke execute on function gate.tell_probe(run uuid, so_far integer, of integer, at text) from public;
grant execute on function gate.tell_probe(run uuid, so_far integer, of integer, at text) to bulkhead_jobs;

create function gate.two_step_users()
returns table(user_id uuid)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select i.user_id from login_identities i where i.company_id = app.cid() and i.totp_confirmed_at is not null
$$;
alter function gate.two_step_users() owner to bulkhead_gate;
revoke execute on function gate.two_step_users() from public;
grant execute on function gate.two_step_users() to bulkhead_app;

create function gate.visibility_of(who uuid)
returns table(user_role text, status text, owners text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select u.user_role, u.status, gate.visible_owners(u.company_id, u.id, u.user_role)
  from users u where u.company_id = app.cid() and u.id = who
$$;
alter function gate.visibility_of(who uuid) owner to bulkhead_gate;
revoke execute on function gate.visibility_of(who uuid) from public;
grant execute on function gate.visibility_of(who uuid) to bulkhead_app;

create function gate.visible_owners(company uuid, who uuid, user_role text)
returns text
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select case user_role
    when 'company_admin' then '*'
    when 'sales_manager' then (
      select '{' || string_agg(distinct id::text, ',') || '}'
      from (
        select who as id
        union all
        select theirs.user_id
        from team_members mine
        join team_members theirs on theirs.company_id = company and theirs.team_id = mine.team_id
        where mine.company_id = company and mine.user_id = who
      ) seen)
    else '{' || who || '}'
  end
$$;
alter function gate.visible_owners(company uuid, who uuid, user_role text) owner to bulkhead_gate;
revoke execute on function gate.visible_owners(company uuid, who uuid, user_role text) from public;

-- Guards

create event trigger guard_isolation on ddl_command_end when tag in ('ALTER TABLE', 'CREATE POLICY', 'ALTER POLICY') execute function app.guard_isolation(); alter event trigger guard_isolation enable always;
create event trigger guard_policies on sql_drop when tag in ('DROP POLICY') execute function app.guard_isolation(); alter event trigger guard_policies enable always;
revoke execute on function lo_creat(integer) from public;
revoke execute on function lo_create(oid) from public;
revoke execute on function lo_from_bytea(oid,bytea) from public;
