-- The audit log leaves out what other columns say already, and what is no change that anybody made: generated columns,
-- and those whose comment begins with "unlogged:". A change of nothing else makes no entry.
set local role bulkhead_owner;

comment on column users.last_login_at is 'unlogged: to log in is not to edit the user; the security log has it';

create function app.unlogged(target regclass) returns text[]
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(array_agg(attname::text order by attnum), '{}')
  from pg_attribute
  where attrelid = target and attnum > 0 and not attisdropped
    and (attgenerated <> '' or col_description(attrelid, attnum) like 'unlogged:%')
$$;
revoke execute on function app.unlogged from bulkhead_app, bulkhead_gate;

-- Makes a table company-owned: row-level security with the canonical policy and its floor, exact grants, record
-- visibility, audit and versioning. Run it again after adding a column: it is idempotent.
--   owner      column that says whose record it is (visibility by own, team, all); needs a private_to column as well
--   visible    instead of owner: an expression over the row, for a child that is seen when its parent is seen
--   secrets    columns that the audit log tells to have changed, not what to; which are left out: app.unlogged
--   writes     'all', 'append' (insert only) or 'none' (written by gate functions only)
create or replace procedure app.own_by_company(
  target regclass,
  owner name default null,
  visible text default null,
  secrets text[] default '{}',
  audited boolean default true,
  writes text default 'all'
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
reset role;

set local role bulkhead_gate;
-- Written by a trigger and by nobody else, so that the app can neither forge an entry nor leave one out. Its arguments are
-- the table's secrets, which are told to have changed, not what to, and the columns that are left out.
-- app.request holds {"ip","ua","method","path"} of the request. It runs with every write: each call of a function counts.
create or replace function gate.audit() returns trigger
language plpgsql security definer
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
reset role;

-- The triggers that are there already, with what each left out till now as its secrets.
set local role bulkhead_owner;
do $$
declare
  made record;
begin
  for made in
    select tgrelid::regclass as target, pg_get_triggerdef(oid) as definition,
      array_remove(string_to_array(encode(tgargs, 'escape'), '\000'), '') as secrets
    from pg_trigger
    where tgfoid = 'gate.audit'::regproc and not tgisinternal
  loop
    execute format('drop trigger audit on %s', made.target);
    execute regexp_replace(made.definition, 'gate\.audit\(.*\)$', 'gate.audit(')
      || format('%L, %L)', made.secrets, app.unlogged(made.target));
  end loop;
end $$;
reset role;
