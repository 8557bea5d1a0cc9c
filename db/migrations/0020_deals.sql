set local role bulkhead_owner;

-- Every sort of the list has an index that leads to it; the board's also answers its sums without reading a row.
drop index deals_owner;
create index deals_owner on deals (company_id, owner_id, created_at desc, id desc);
create index deals_updated on deals (company_id, updated_at desc, id desc) where deleted_at is null;
create index deals_value on deals (company_id, value desc, id desc) where deleted_at is null;
create index deals_title on deals (company_id, title collate "C", id) where deleted_at is null;
create index deals_close on deals (company_id, expected_close_date, id) where deleted_at is null;
drop index deals_board;
create index deals_board on deals (company_id, pipeline_id, stage_id, stage_entered_at desc, id desc)
  include (owner_id, private_to, status, currency, value, weighted_value) where deleted_at is null;

-- A foreign key looks past row-level security and deletion. These run with the caller's rights, so that a record cannot
-- be tied to one that its author cannot see, and answer in the very words of the foreign key.
create function app.contact_is_seen() returns trigger
language plpgsql
as $$
begin
  if not exists (select from contacts where company_id = new.company_id and id = new.contact_id and deleted_at is null) then
    raise foreign_key_violation using message = 'the contact is not there', table = tg_table_name,
      constraint = tg_table_name || '_company_id_contact_id_fkey';
  end if;
  return new;
end $$;

create function app.deal_is_seen() returns trigger
language plpgsql
as $$
begin
  if not exists (select from deals where company_id = new.company_id and id = new.deal_id and deleted_at is null) then
    raise foreign_key_violation using message = 'the deal is not there', table = tg_table_name,
      constraint = tg_table_name || '_company_id_deal_id_fkey';
  end if;
  return new;
end $$;
revoke execute on function app.contact_is_seen, app.deal_is_seen from bulkhead_app, bulkhead_gate, bulkhead_auditor;

do $$
declare
  child text;
begin
  foreach child in array array['deals', 'activities', 'notes'] loop
    execute format('create trigger contact_on_create before insert on %I for each row
      when (new.contact_id is not null) execute function app.contact_is_seen()', child);
    execute format('create trigger contact_on_change before update of contact_id on %I for each row
      when (new.contact_id is not null and new.contact_id is distinct from old.contact_id)
      execute function app.contact_is_seen()', child);
  end loop;
  foreach child in array array['activities', 'notes'] loop
    execute format('create trigger deal_on_create before insert on %I for each row
      when (new.deal_id is not null) execute function app.deal_is_seen()', child);
    execute format('create trigger deal_on_change before update of deal_id on %I for each row
      when (new.deal_id is not null and new.deal_id is distinct from old.deal_id)
      execute function app.deal_is_seen()', child);
  end loop;
end $$;

reset role;
set local role bulkhead_gate;

-- The conditions that a column holds every word that was typed, as text for a statement.
create function gate.holds_words(column_name text, words text) returns text
language sql immutable
set search_path = pg_catalog, public, pg_temp
as $$
  select coalesce(string_agg(format(' and %s like %L', column_name,
    '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'), ''), '')
  from (select distinct word from regexp_split_to_table(lower(words), '\s+') word where word <> '' limit 8) typed
$$;

-- Text and number operators are not leakproof, so below a policy their indexes go unused: this finds the ids, sorted,
-- of the company's deals that the user sees. `only` holds the list's filters.
create function gate.find_deals(
  words text, only_where jsonb, sort text, descending boolean, after_value text, after_id uuid, take integer)
returns table (id uuid)
language plpgsql stable security definer rows 1
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
    $sql$
    || case when only_where ->> 'deleted' = 'true' then ' and d.deleted_at is not null' else ' and d.deleted_at is null' end
    || gate.holds_words('d.search_text', words)
    || case when after_id is null then '' else
         format(' and (%s, d.id) %s ($2::%s, $3)', sorted_by, case when descending then '<' else '>' end, kind) end
    || format(' order by %s %s, d.id %2$s limit $4', sorted_by, case when descending then 'desc' else 'asc' end)
    using only_where, after_value, after_id, take;
end $find$;

-- Deals that are private to someone are there too, though no admin sees them: a stage or pipeline that goes must count
-- them and take them along. Nothing changes while deals are held and there is nowhere to move them.
create function gate.retire_stages(stages uuid[], target uuid)
returns table (held bigint, moved bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if current_setting('app.owners', true) is distinct from '*' then
    raise insufficient_privilege using message = 'only who sees the whole company may retire stages';
  end if;
  -- Movers hold a share lock on the stage that they move into: whoever is first is seen by the other.
  perform from pipeline_stages s where s.company_id = app.cid() and s.id = any (stages) order by s.id for update;
  select count(*) into held
  from deals d where d.company_id = app.cid() and d.stage_id = any (stages) and d.deleted_at is null;
  moved := 0;
  if target is not null then
    update deals d
    set stage_id = t.id, pipeline_id = t.pipeline_id, stage_entered_at = now(), probability = t.probability,
      status = case when t.is_won then 'won' when t.is_closed then 'lost' else 'open' end,
      actual_close_date = case when t.is_closed then coalesce(d.actual_close_date, current_date) end
    from pipeline_stages t
    where d.company_id = app.cid() and d.stage_id = any (stages)
      and t.company_id = app.cid() and t.id = target and t.deleted_at is null and t.id <> all (stages);
    get diagnostics moved = row_count;
  end if;
  if held = 0 or moved > 0 then
    update pipeline_stages s set deleted_at = now()
    where s.company_id = app.cid() and s.id = any (stages) and s.deleted_at is null;
  end if;
  return next;
end $$;

create function gate.deals_in_stage(stage uuid) returns bigint
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select count(*) from deals d where d.company_id = app.cid() and d.stage_id = stage and d.deleted_at is null
$$;

revoke execute on function gate.holds_words, gate.find_deals, gate.retire_stages, gate.deals_in_stage from public;
grant execute on function gate.find_deals, gate.retire_stages, gate.deals_in_stage to bulkhead_app;
reset role;
