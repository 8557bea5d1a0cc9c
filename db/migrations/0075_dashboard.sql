set local role bulkhead_owner;

-- What the dashboard counts: deals won lately, and what was done lately.
create index deals_won on deals (company_id, actual_close_date) where deleted_at is null and status = 'won';
create index activities_completed on activities (company_id, completed_at, id)
  where deleted_at is null and completed_at is not null;

reset role;
set local role bulkhead_gate;

create or replace function gate.find_activities(
  words text, only_where jsonb, sort text, descending boolean, after_value text, after_id uuid, take integer)
returns table (id uuid)
language plpgsql stable security definer rows 50
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
      case when descending then '-infinity' else 'infinity' end)),
    ('completed_at', format('coalesce(a.completed_at, %L::timestamptz)',
      case when descending then '-infinity' else 'infinity' end))) s (name, expression)
  where s.name = sort;
  return query execute
    $sql$
      select a.id
      from activities a
      where a.company_id = app.cid() and app.sees(a.owner_id, a.private_to)
        and (not $1 ? 'type' or a.type = $1 ->> 'type')
        and (not $1 ? 'status' or app.activity_status(a.status, a.due_date) = $1 ->> 'status')
        and (not $1 ? 'open' or (a.status = 'pending') = ($1 ->> 'open')::boolean)
        and (not $1 ? 'overdue' or (app.activity_status(a.status, a.due_date) = 'overdue') = ($1 ->> 'overdue')::boolean)
        and (not $1 ? 'owner_id' or a.owner_id = ($1 ->> 'owner_id')::uuid)
        and (not $1 ? 'team_id' or a.owner_id in (
          select m.user_id from team_members m
          where m.company_id = app.cid() and m.team_id = ($1 ->> 'team_id')::uuid))
        and (not $1 ? 'contact_id' or a.contact_id = ($1 ->> 'contact_id')::uuid)
        and (not $1 ? 'deal_id' or a.deal_id = ($1 ->> 'deal_id')::uuid)
        and (not $1 ? 'priority' or a.priority = ($1 ->> 'priority')::integer)
        and (not $1 ? 'custom_fields' or a.custom_fields @> ($1 -> 'custom_fields'))
        and (not $1 ? 'due_from' or a.due_date >= ($1 ->> 'due_from')::timestamptz)
        and (not $1 ? 'due_to' or a.due_date <= ($1 ->> 'due_to')::timestamptz)
        and (not $1 ? 'completed_from' or a.completed_at >= ($1 ->> 'completed_from')::timestamptz)
        and (not $1 ? 'completed_to' or a.completed_at <= ($1 ->> 'completed_to')::timestamptz)
    $sql$
    || case when only_where ->> 'deleted' = 'true' then ' and a.deleted_at is not null' else ' and a.deleted_at is null' end
    || gate.holds_words('a.search_text', words)
    || case when after_id is null then '' else
         format(' and (%s, a.id) %s ($2::timestamptz, $3)', sorted_by, case when descending then '<' else '>' end) end
    || format(' order by %s %s, a.id %2$s limit $4', sorted_by, case when descending then 'desc' else 'asc' end)
    using only_where, after_value, after_id, take;
end $find$;

reset role;
