set local role bulkhead_owner;
-- Nobody of the company invites its first admin.
alter table invitations alter column invited_by drop not null;
alter table invitations alter column invited_by set default app.uid();
alter table invitations add column first_name text check (length(first_name) <= 100);
alter table invitations add column last_name text check (length(last_name) <= 100);
-- Who accepted; before that, the colleague who was entered already and may not log in yet.
alter table invitations add column user_id uuid;
alter table invitations add foreign key (company_id, user_id) references users (company_id, id);
create index on invitations (company_id, user_id);
-- A token names its company: the unique key by company finds it.
drop index invitations_token_hash_idx;
create index invitations_newest on invitations (company_id, created_at desc, id desc);
create unique index invitations_pending on invitations (company_id, email) where accepted_at is null and revoked_at is null;
call app.own_by_company('invitations', secrets => '{token_hash}');
reset role;

set local role bulkhead_gate;

create function gate.state_of(v invitations) returns text
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select case when v.accepted_at is not null then 'accepted' when v.revoked_at is not null then 'revoked'
    when v.expires_at <= now() then 'expired' else 'pending' end
$$;

-- What the reader of the letter sees before they accept. No row: no such invitation, or no such company.
create function gate.invitation_of(company uuid, token bytea)
returns table (email text, user_role text, first_name text, last_name text, company_name text, invited_by text,
  expires_at timestamptz, state text)
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

-- Makes the invited person a user who can log in, once, and logs them in. The one way to do so.
create function gate.accept_invitation(company uuid, token bytea, hash text, first text, last text, telephone text,
  refresh bytea, device jsonb)
returns table (session_id uuid, company_id uuid, company_name text, user_id uuid, email text, first_name text,
  last_name text, user_role text)
language plpgsql security definer
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

-- For the worker that writes the letter: what the reader of that address may know of themselves. No route calls it.
create function gate.invitation_to_mail(invitation uuid)
returns table (email text, first_name text, message text, token_hash bytea, company_name text, invited_by text,
  expires_at timestamptz, taken boolean)
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

-- A company with its first pipeline and an invitation for its first admin, and the job that mails it.
create function gate.platform_create_company(session uuid, company jsonb, admin jsonb, token bytea, sealed text)
returns table (company_id uuid, invitation_id uuid)
language plpgsql security definer
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

-- The company's own row is changed by its admins: that is in its log too.
create function gate.audit_company() returns trigger
language plpgsql security definer
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

revoke execute on function gate.invitation_of, gate.accept_invitation, gate.invitation_to_mail,
  gate.platform_create_company, gate.audit_company from public;
grant execute on function gate.invitation_of, gate.accept_invitation, gate.invitation_to_mail,
  gate.platform_create_company to bulkhead_app;
grant execute on function gate.audit_company to bulkhead_owner;
reset role;

set local role bulkhead_owner;
create trigger audit after update on companies for each row execute function gate.audit_company();
reset role;
