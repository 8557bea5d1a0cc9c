-- The forecast leads to its deals: to those without an expected close, and to those that were decided in a month.
set local role bulkhead_gate;
create or replace function gate.find_deals(
  words text, only_where jsonb, sort text, descending boolean, after_value text, after_id uuid, take integer)
returns table (id uuid)
language plpgsql stable security definer rows 50
set search_path = pg_catalog, public, pg_temp
as $find$
declare
  sorted_by text;
  kind text;
begin
  select s.expression, s.kind into strict sorted_by, kind
  from (values
    ('created_at', 'd.created_at', 'timestamptz'),
    ('updated_at', 'd.updated_at', 'timestamptz'),
    ('stage_entered_at', 'd.stage_entered_at', 'timestamptz'),
    ('value', 'd.value', 'numeric'),
    ('title', 'd.title collate "C"', 'text'),
    ('expected_close_date', format('coalesce(d.expected_close_date, %L::date)',
      case when descending then '-infinity' else 'infinity' end), 'date')) s (name, expression, kind)
  where s.name = sort;
  return query execute
    $sql$
      select d.id
      from deals d
      where d.company_id = app.cid() and app.sees(d.owner_id, d.private_to)
        and (not $1 ? 'status' or d.status = $1 ->> 'status')
        and (not $1 ? 'pipeline_id' or d.pipeline_id = ($1 ->> 'pipeline_id')::uuid)
        and (not $1 ? 'stage_id' or d.stage_id = ($1 ->> 'stage_id')::uuid)
        and (not $1 ? 'owner_id' or d.owner_id = ($1 ->> 'owner_id')::uuid)
        and (not $1 ? 'contact_id' or d.contact_id = ($1 ->> 'contact_id')::uuid)
        and (not $1 ? 'currency' or d.currency = $1 ->> 'currency')
        and (not $1 ? 'tag' or $1 ->> 'tag' = any (d.tags))
        and (not $1 ? 'custom_fields' or d.custom_fields @> ($1 -> 'custom_fields'))
        and (not $1 ? 'value_min' or d.value >= ($1 ->> 'value_min')::numeric)
        and (not $1 ? 'value_max' or d.value <= ($1 ->> 'value_max')::numeric)
        and (not $1 ? 'close_from' or d.expected_close_date >= ($1 ->> 'close_from')::date)
        and (not $1 ? 'close_to' or d.expected_close_date <= ($1 ->> 'close_to')::date)
        and (($1 ->> 'no_close')::boolean is not true or d.expected_close_date is null)
        and (not $1 ? 'closed_from' or d.actual_close_date >= ($1 ->> 'closed_from')::date)
        and (not $1 ? 'closed_to' or d.actual_close_date <= ($1 ->> 'closed_to')::date)
    $sql$
    || case when only_where ->> 'deleted' = 'true' then ' and d.deleted_at is not null' else ' and d.deleted_at is null' end
    || gate.holds_words('d.search_text', words)
    || case when after_id is null then '' else
         format(' and (%s, d.id) %s ($2::%s, $3)', sorted_by, case when descending then '<' else '>' end, kind) end
    || format(' order by %s %s, d.id %2$s limit $4', sorted_by, case when descending then 'desc' else 'asc' end)
    using only_where, after_value, after_id, take;
end $find$;
reset role;
