set local role bulkhead_owner;

create index activities_owner_newest on activities (company_id, owner_id, created_at desc, id desc);
create index activities_updated on activities (company_id, updated_at desc, id desc) where deleted_at is null;
alter table activities add column search_text text generated always as (lower(
  subject || ' ' || coalesce(location, '') || ' ' || coalesce(outcome, ''))) stored;
create index activities_search on activities using gin (company_id, search_text gin_trgm_ops) where deleted_at is null;

create index notifications_unread on notifications (company_id, user_id) where read_at is null;

-- The answers' status: an activity is overdue by the clock, so nobody has to mark it.
create function app.activity_status(status text, due_date timestamptz) returns text
language sql stable parallel safe
as $$ select case when status = 'pending' and due_date < now() then 'overdue' else status end $$;

reset role;
set local role bulkhead_gate;

create function gate.find_activities(
  words text, only_where jsonb, sort text, descending boolean, after_value text, after_id uuid, take integer)
returns table (id uuid)
language plpgsql stable security definer rows 1
set search_path = pg_catalog, public, pg_temp
as $find$
declare
  sorted_by text;
begin
  select s.expression into strict sorted_by
  from (values
    ('created_at', 'a.created_at'),
    ('updated_at', 'a.updated_at'),
    ('due_date', format('coalesce(a.due_date, %L::timestamptz)',
      case when descending then '-infinity' else 'infinity' end))) s (name, expression)
  where s.name = sort;
  return query execute
    $sql$
      select a.id
      from activities a
      where a.company_id = app.cid() and app.sees(a.owner_id, a.private_to)
        and (not $1 ? 'type' or a.type = $1 ->> 'type')
        and (not $1 ? 'status' or app.activity_status(a.status, a.due_date) = $1 ->> 'status')
        and (not $1 ? 'overdue' or (app.activity_status(a.status, a.due_date) = 'overdue') = ($1 ->> 'overdue')::boolean)
        and (not $1 ? 'owner_id' or a.owner_id = ($1 ->> 'owner_id')::uuid)
        and (not $1 ? 'contact_id' or a.contact_id = ($1 ->> 'contact_id')::uuid)
        and (not $1 ? 'deal_id' or a.deal_id = ($1 ->> 'deal_id')::uuid)
        and (not $1 ? 'priority' or a.priority = ($1 ->> 'priority')::integer)
        and (not $1 ? 'custom_fields' or a.custom_fields @> ($1 -> 'custom_fields'))
        and (not $1 ? 'due_from' or a.due_date >= ($1 ->> 'due_from')::timestamptz)
        and (not $1 ? 'due_to' or a.due_date <= ($1 ->> 'due_to')::timestamptz)
    $sql$
    || case when only_where ->> 'deleted' = 'true' then ' and a.deleted_at is not null' else ' and a.deleted_at is null' end
    || gate.holds_words('a.search_text', words)
    || case when after_id is null then '' else
         format(' and (%s, a.id) %s ($2::timestamptz, $3)', sorted_by, case when descending then '<' else '>' end) end
    || format(' order by %s %s, a.id %2$s limit $4', sorted_by, case when descending then 'desc' else 'asc' end)
    using only_where, after_value, after_id, take;
end $find$;

-- A notification is written for a colleague who alone may read it. The foreign key proves that they are one.
create function gate.notify(reader uuid, headline text, body text, kind text, target text) returns uuid
language sql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
  insert into notifications (company_id, user_id, title, message, type, link)
  values (app.cid(), reader, left(headline, 255), body, coalesce(kind, 'info'), target)
  returning id
$$;

-- Reminds an activity's owner once. Nothing happens where it was done, deleted, or put off since the job was made; an
-- activity that is private to its owner is reminded of as well, though the job itself could not see it.
create function gate.remind_of_activity(activity uuid, due timestamptz)
returns table (notification_id uuid, reader uuid)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  it activities;
begin
  update activities a set reminded_at = now()
  where a.company_id = app.cid() and a.id = activity and a.reminder_at = due and a.reminded_at is null
    and a.status = 'pending' and a.deleted_at is null
  returning * into it;
  if found then
    notification_id := gate.notify(it.owner_id, it.subject,
      case when it.due_date is null then 'You asked to be reminded of this.'
        else 'Due ' || to_char(it.due_date at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC' end,
      'info', '/activities/' || it.id);
    reader := it.owner_id;
    return next;
  end if;
end $$;

revoke execute on function gate.find_activities, gate.notify, gate.remind_of_activity from public;
grant execute on function gate.find_activities, gate.notify, gate.remind_of_activity to bulkhead_app;
reset role;
