set local role bulkhead_owner;

alter table users add column deleted_at timestamptz;
alter table users add column role_id uuid;
alter table users add foreign key (company_id, role_id) references roles (company_id, id);
alter table users add constraint users_deleted_check check ((status = 'deleted') = (deleted_at is not null));
create index on users (company_id, role_id);
create index users_newest on users (company_id, created_at desc, id desc);
-- Who left no longer holds their address: they may come back, or a successor may get it.
alter table users drop constraint users_company_id_email_key;
create unique index users_email on users (company_id, email) where deleted_at is null;

create table avatars (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  user_id uuid not null default app.uid(),
  content bytea not null check (length(content) between 12 and 2097152),
  content_type text not null check (content_type in ('image/png', 'image/jpeg', 'image/webp')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, user_id),
  foreign key (company_id, user_id) references users (company_id, id) on delete cascade
);

-- A new address counts only when its reader has opened the link: a user can neither take another's nor lock themselves out.
create table email_changes (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  user_id uuid not null default app.uid(),
  email citext not null check (length(email) <= 255),
  token_hash bytea not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, token_hash),
  foreign key (company_id, user_id) references users (company_id, id) on delete cascade
);
create index on email_changes (company_id, user_id);

-- The company's row is locked, so that two admins who leave at the same moment leave one of them.
create function app.keep_an_admin() returns trigger
language plpgsql
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
revoke execute on function app.keep_an_admin from bulkhead_app, bulkhead_gate, bulkhead_auditor;
create trigger keep_an_admin after update of user_role, status on users for each row
  when (old.user_role = 'company_admin' and old.status = 'active'
    and (new.user_role <> 'company_admin' or new.status <> 'active'))
  execute function app.keep_an_admin();
create trigger keep_an_admin_undeleted after delete on users for each row
  when (old.user_role = 'company_admin' and old.status = 'active')
  execute function app.keep_an_admin();

create function app.managers_form_no_circle() returns trigger
language plpgsql
as $$
begin
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
revoke execute on function app.managers_form_no_circle from bulkhead_app, bulkhead_gate, bulkhead_auditor;
create trigger managers_form_no_circle after insert or update of manager_id on users for each row
  when (new.manager_id is not null) execute function app.managers_form_no_circle();
reset role;

set local role bulkhead_gate;

-- What must follow a user, whichever path changed them: their login has their address; who may not work has no session;
-- who left has no login, key or team, and their address is free again.
create function gate.follow_user() returns trigger
language plpgsql security definer
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
revoke execute on function gate.follow_user() from public;
grant execute on function gate.follow_user() to bulkhead_owner;

-- Hands everything that the leaver owns to the heir, rows private to the leaver too: nobody else could ever see those.
-- Which tables have owners, the foreign keys say; a table added later is covered the day it is made.
create function gate.reassign_records(leaver uuid, heir uuid)
returns table (resource text, records bigint)
language plpgsql security definer
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

-- Whose records a colleague sees, for the explainer.
create function gate.visibility_of(who uuid)
returns table (user_role text, status text, owners text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select u.user_role, u.status, gate.visible_owners(u.company_id, u.id, u.user_role)
  from users u where u.company_id = app.cid() and u.id = who
$$;

-- Why a record is seen or not: who owns it, and whose eyes it is for. No row where it does not exist in the company.
create function gate.record_owner(resource text, record uuid)
returns table (owner_id uuid, private_to uuid, is_deleted boolean)
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

-- The reader of the mail confirms their new address. The token names its company and proves it.
create function gate.confirm_email(company uuid, hash bytea)
returns table (company_id uuid, user_id uuid, old_email text, new_email text)
language plpgsql security definer
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

-- For the worker that writes the mail: what the reader of that address may know of themselves. No route calls it.
create function gate.address_logs_in(change uuid) returns table (email text, token_hash bytea, taken boolean)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select c.email::text, c.token_hash, exists (select from login_identities i where i.email = c.email)
  from email_changes c
  where c.company_id = app.cid() and c.id = change and c.used_at is null and c.expires_at > now()
$$;

revoke execute on function gate.reassign_records, gate.visibility_of, gate.record_owner, gate.confirm_email,
  gate.address_logs_in from public;
grant execute on function gate.reassign_records, gate.visibility_of, gate.record_owner, gate.confirm_email,
  gate.address_logs_in to bulkhead_app;
reset role;

set local role bulkhead_owner;
create trigger follow_user after update of email, status on users for each row execute function gate.follow_user();
call app.own_by_company('users');
call app.own_by_company('avatars', audited => false);
call app.own_by_company('email_changes', visible => 'user_id = app.uid()', audited => false);
reset role;
