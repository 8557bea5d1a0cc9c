set local role bulkhead_owner;
-- Sessions are cleaned away. What staff did with a company is read from its security log, of which nothing is ever deleted.
create index security_logs_acting_started on security_logs (company_id, created_at desc, id desc)
  where event_type = 'acting_started';
create index security_logs_acting_ended on security_logs (company_id, (details ->> 'session_id'))
  where event_type = 'acting_ended';
reset role;

set local role bulkhead_gate;

-- Those who act for a company that is suspended or deleted are put out, and that is logged like any other end.
create or replace function gate.platform_set_status(session uuid, company uuid, wanted text, why text) returns table (status text)
language plpgsql security definer
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
reset role;
