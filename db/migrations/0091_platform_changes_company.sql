set local role bulkhead_gate;

-- Changes what is the platform's of a company: what it is called and how it is reached, its plan, and until when it tries
-- it. A field that is not named stays as it is. Both logs have it, before and after; the company's own says who it was.
create function gate.platform_change_company(session uuid, company uuid, change jsonb) returns void
language plpgsql security definer
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

revoke execute on function gate.platform_change_company from public;
grant execute on function gate.platform_change_company to bulkhead_app;
reset role;
