-- A record that is private to one user stays so in the log: what it said before and after is theirs alone.
set local role bulkhead_owner;
alter table audit_logs add column private_to uuid;
reset role;

set local role bulkhead_gate;
create or replace function gate.audit() returns trigger
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
    ip_address, user_agent, request_method, request_path, extra_data, private_to)
  values (company, app.uid(), what, tg_table_name, (coalesce(new_row, old_row) ->> 'id')::uuid, diff,
    (req ->> 'ip')::inet, req ->> 'ua', req ->> 'method', req ->> 'path',
    case when req ? 'acting' then jsonb_build_object('acting_admin', req ->> 'acting') end,
    -- The diff of a row that is made public still holds what it said while it was private.
    coalesce(new_row ->> 'private_to', old_row ->> 'private_to')::uuid);
  return null;
end $$;
reset role;

set local role bulkhead_owner;
call app.own_by_company('audit_logs', visible => 'private_to is null or private_to = app.uid()',
  audited => false, writes => 'none');
reset role;
