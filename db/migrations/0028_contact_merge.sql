set local role bulkhead_gate;

-- What belonged to a contact that was merged follows it, what the caller cannot see included: else a colleague's
-- activities would hang on a deleted contact. The tables are found by their foreign keys, so that a later one cannot be
-- forgotten; a key whose comment begins with 'stays' (history that must name the row as it was) is left alone.
create function gate.follow_merge(kept uuid, duplicate uuid)
returns table (moved_table text, moved bigint)
language plpgsql security definer
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

-- A read leaves no trace of itself; one that carries the contacts out of the house does.
create function gate.log_export(resource text, details jsonb) returns void
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  insert into audit_logs (company_id, user_id, action, resource_type, changes, extra_data,
    ip_address, user_agent, request_method, request_path)
  select app.cid(), app.uid(), 'export', resource, '{}',
    details || case when req ? 'acting' then jsonb_build_object('acting_admin', req ->> 'acting') else '{}' end,
    (req ->> 'ip')::inet, req ->> 'ua', req ->> 'method', req ->> 'path'
  from (select nullif(current_setting('app.request', true), '')::jsonb as req) origin
$$;
revoke execute on function gate.follow_merge, gate.log_export from public;
grant execute on function gate.follow_merge, gate.log_export to bulkhead_app;
reset role;
