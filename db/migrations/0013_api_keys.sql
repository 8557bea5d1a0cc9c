set local role bulkhead_owner;
-- Whose key it is follows from who asks. One's own keys, or all of the company's for its admins.
alter table api_keys alter column user_id set default app.uid();
alter table api_keys drop column last_used_at;
call app.own_by_company('api_keys', visible => 'user_id = app.uid() or current_setting(''app.owners'', true) = ''*''',
  secrets => '{key_hash}');

-- When a key was last used: apart from the key, for to use it is not to change it.
create table api_key_uses (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null,
  last_used_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, id) references api_keys (company_id, id) on delete cascade
);
call app.own_by_company('api_key_uses', audited => false, writes => 'none');
reset role;

set local role bulkhead_gate;
drop function gate.api_key_state(bytea);
create function gate.api_key_state(hash bytea)
returns table (company_id uuid, key_id uuid, user_id uuid, user_role text, owners text, company_status text)
language plpgsql security definer
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
grant execute on function gate.api_key_state to bulkhead_app;
reset role;
