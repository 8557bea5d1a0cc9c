set local role bulkhead_gate;

-- Makes the invited person a user of the company, once, with the invitation's address and role, and logs them in. No
-- row: the invitation never was, was used, revoked, or has expired, or its company takes no new users.
create function gate.join_by_invitation(
  token bytea, hash text, first text, last text, telephone text, refresh bytea, device jsonb)
returns table (session_id uuid, company_id uuid, company_name text, user_id uuid, email text, first_name text,
  last_name text, user_role text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  invitation invitations;
  joined uuid := app.uuid7();
  i login_identities;
  session uuid;
begin
  select v.* into invitation
  from invitations v join companies c on c.id = v.company_id
  where v.token_hash = token and v.accepted_at is null and v.revoked_at is null and v.expires_at > now()
    and c.status = 'active'
  for update of v;
  if invitation.id is null then return; end if;
  perform set_config('app.user_id', joined::text, true); -- who joins is who did this, says the audit log
  insert into users (company_id, id, email, user_role, first_name, last_name, phone, email_verified_at)
  values (invitation.company_id, joined, invitation.email, invitation.user_role, first, last, telephone, now());
  insert into login_identities (email, company_id, user_id, password_hash)
  values (invitation.email, invitation.company_id, joined, hash)
  returning * into i;
  if invitation.team_id is not null then
    insert into team_members (company_id, team_id, user_id) values (invitation.company_id, invitation.team_id, joined);
  end if;
  update invitations v set accepted_at = now() where v.company_id = invitation.company_id and v.id = invitation.id;
  perform gate.log_identity(i, 'registered', 'info', 'Joined by invitation');
  session := gate.new_session(i, refresh, device);
  return query select * from gate.grant_of(i.company_id, session);
end $$;

grant execute on function gate.join_by_invitation to bulkhead_app;
reset role;
