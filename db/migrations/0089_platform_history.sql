set local role bulkhead_gate;

-- The platform month by month or week by week: at the end of each span (now, in the last) how many companies and users
-- there were and how many of the companies were on trial, and how many companies worked in it, which is to say changed
-- anything. Numbers only: of the companies themselves nothing is told. Counted from what is there, so what a purge took
-- away is gone from the past too. One look into a company's log for each span: its ids grow with time.
create function gate.platform_history(session uuid, step text, spans integer)
returns table (starts_on date, companies bigint, new_companies bigint, users bigint, trials bigint, active_companies bigint)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  canaries uuid[] := array(select c.id from companies c where c.is_canary);
begin
  perform gate.platform_actor(session);
  if step not in ('week', 'month') then raise exception 'neither a week nor a month' using errcode = 'BH409'; end if;
  return query
    select (s.begins at time zone 'UTC')::date,
      count(*) filter (where c.created_at < s.ends and (c.deleted_at is null or c.deleted_at >= s.ends)),
      count(*) filter (where c.created_at >= s.begins and c.created_at < s.ends),
      -- Who left is not dated: their row changed last when they did, or later.
      (select count(*) from users u
       where u.created_at < s.ends and (u.status = 'active' or u.updated_at >= s.ends)
         and u.company_id <> all (canaries)),
      count(*) filter (where c.created_at < s.ends and c.trial_ends_at >= least(s.ends, now())
        and (c.deleted_at is null or c.deleted_at >= s.ends)),
      count(*) filter (where exists (
        select from audit_logs l
        where l.company_id = c.id and l.user_id is not null
          and l.id >= gate.first_id_at(s.begins) and l.id < gate.first_id_at(s.ends)))
    from (
      select day at time zone 'UTC' as begins, (day + ('1 ' || step)::interval) at time zone 'UTC' as ends
      from generate_series(
        date_trunc(step, now() at time zone 'UTC') - (least(greatest(spans, 1), 60) - 1) * ('1 ' || step)::interval,
        date_trunc(step, now() at time zone 'UTC'), ('1 ' || step)::interval) day
    ) s
    left join companies c on c.created_at < s.ends and not c.is_canary
    group by s.begins, s.ends
    order by s.begins;
end $$;

-- The smallest id (UUIDv7) that a row of that moment can have.
create function gate.first_id_at(moment timestamptz) returns uuid
language sql immutable parallel safe
set search_path = pg_catalog, public, pg_temp
as $$
  select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
$$;

revoke execute on function gate.platform_history, gate.first_id_at from public;
grant execute on function gate.platform_history to bulkhead_app;
reset role;
