set local role bulkhead_gate;

-- Whose records a user sees: all (company admin), their teams' (sales manager who leads or is in them), their own.
create function gate.visible_owners(company uuid, who uuid, user_role text) returns text
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

-- What a signed token's session is worth now. No row: the session ended, expired, or never was.
create function gate.session_state(company uuid, session uuid)
returns table (user_id uuid, user_role text, owners text, company_status text, acting_admin_email text)
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

create function gate.api_key_state(hash bytea)
returns table (company_id uuid, key_id uuid, user_id uuid, user_role text, owners text, company_status text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select k.company_id, k.id, u.id, u.user_role, gate.visible_owners(k.company_id, u.id, u.user_role), c.status
  from api_keys k
  join companies c on c.id = k.company_id
  join users u on u.company_id = k.company_id and u.id = k.user_id
  where k.key_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
    and u.status = 'active' and c.status <> 'deleted'
$$;

create function gate.platform_session_state(session uuid)
returns table (identity_id uuid, email text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select i.id, i.email::text
  from platform_sessions s join login_identities i on i.id = s.identity_id
  where s.id = session and s.revoked_at is null and s.expires_at > now() and i.is_super_admin
$$;

revoke execute on all functions in schema gate from public;
grant execute on function gate.session_state, gate.api_key_state, gate.platform_session_state to bulkhead_app;
grant execute on function gate.audit to bulkhead_owner;
reset role;
