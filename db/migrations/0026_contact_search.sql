-- A search reads every entry that a trigram index has pending: of the server's own 4 MB that takes ten times as long as
-- the index does.
do $$
begin
  execute format('alter role bulkhead_app in database %I set gin_pending_list_limit = %L', current_database(), '128kB');
exception when insufficient_privilege then
  raise notice 'bulkhead_app is not ours to set up: searches are slower until its gin_pending_list_limit is 128kB';
end $$;

set local role bulkhead_gate;

-- {"equal": {column: value}, "created_from", "created_before", "lead_score_min", "lead_score_max", "has_email"}
create function gate.contact_passes(c contacts, filters jsonb) returns boolean
language sql stable
as $$
  select (filters -> 'equal' is null or to_jsonb(c) @> (filters -> 'equal'))
    and coalesce(c.created_at >= (filters ->> 'created_from')::timestamptz, true)
    and coalesce(c.created_at < (filters ->> 'created_before')::timestamptz, true)
    and coalesce(c.lead_score >= (filters ->> 'lead_score_min')::integer, true)
    and coalesce(c.lead_score <= (filters ->> 'lead_score_max')::integer, true)
    and coalesce((c.email is not null) = (filters ->> 'has_email')::boolean, true)
$$;

-- What search_contacts finds in the middle of texts, at most `most` of it. Planned anew for each term: how rare it is says
-- whether the trigrams or the company's own rows are the shorter way. Each trigram that is asked for costs more than to
-- look at a row in vain, so few are: the last six letters of the part that promises to be rarest, for parts begin alike
-- (contact123, contact124) more often than they end alike, and one with digits is rare.
create function gate.contacts_holding(words text[], patterns text[], filters jsonb, but_not uuid[], most integer)
returns setof uuid
language plpgsql stable rows 50
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  part text;
  rare text := '';
  second text := '';
begin
  -- Only three letters or digits in a row make a trigram that the index can look up.
  foreach part in array regexp_split_to_array(array_to_string(words, ' '), '[^[:alnum:]]+') loop
    part := right(part, 6);
    if length(part) < 3 or rare ~ '[0-9]' and (part !~ '[0-9]' or length(part) <= length(rare)) then
      continue;
    elsif part ~ '[0-9]' then
      rare := part;
      second := '';
    elsif length(part) > length(rare) then
      second := rare;
      rare := part;
    elsif length(part) > length(second) and part <> rare then
      second := part;
    end if;
  end loop;

  if second <> '' then
    return query
      select c.id from contacts c
      where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
        and c.search_text like '%' || rare || '%' and c.search_text like '%' || second || '%'
        and c.search_text like all (patterns)
        and c.id <> all (but_not) and (filters = '{}' or gate.contact_passes(c, filters))
      limit most;
  elsif rare <> '' then
    return query
      select c.id from contacts c
      where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
        and c.search_text like '%' || rare || '%'
        and c.search_text like all (patterns)
        and c.id <> all (but_not) and (filters = '{}' or gate.contact_passes(c, filters))
      limit most;
  else
    return query
      select c.id from contacts c
      where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
        and c.search_text like all (patterns)
        and c.id <> all (but_not) and (filters = '{}' or gate.contact_passes(c, filters))
      limit most;
  end if;
end $$;

-- Text search below row-level security cannot use the trigram index, for LIKE is not leakproof. This function does the
-- policies' work itself: company and visibility stand in each branch. At most `most` hits, rank 0 (a name, the address
-- or the employer begins with the first word) before rank 1 (every word occurs somewhere). Each branch of rank 0 is one
-- range of one index, whatever the term, so it is planned once. "rows 1": planned for a company of average size, more rows
-- than that would have a large company read through to be joined with its few hits. `filters` narrows before the bound does.
create function gate.search_contacts(term text, filters jsonb default '{}', most integer default 1000)
returns table (id uuid, rank integer)
language plpgsql stable security definer rows 1
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  words text[] := regexp_split_to_array(regexp_replace(lower(term), '^\s+|\s+$', '', 'g'), '\s+');
  first_word text := words[1];
  beyond text := first_word || chr(1114111);
  patterns text[] := '{}';
  word text;
  found_ids uuid[];
  inside integer := greatest(1, least(most, 1000));
begin
  if coalesce(first_word, '') = '' or app.cid() is null then
    return;
  end if;
  foreach word in array words loop
    patterns := patterns || ('%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%');
  end loop;

  found_ids := array(
    select distinct hit.id
    from (
      (select c.id from contacts c
        where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
          and c.last_key >= first_word and c.last_key < beyond and c.search_text like all (patterns)
          and (filters = '{}' or gate.contact_passes(c, filters))
        order by c.last_key, c.first_key, c.id limit inside)
      union all
      (select c.id from contacts c
        where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
          and c.first_key >= first_word and c.first_key < beyond and c.search_text like all (patterns)
          and (filters = '{}' or gate.contact_passes(c, filters))
        order by c.first_key, c.last_key, c.id limit inside)
      union all
      (select c.id from contacts c
        where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
          and c.email_key >= first_word and c.email_key < beyond and c.search_text like all (patterns)
          and (filters = '{}' or gate.contact_passes(c, filters))
        order by c.email_key, c.id limit inside)
      union all
      (select c.id from contacts c
        where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
          and c.company_key >= first_word and c.company_key < beyond and c.search_text like all (patterns)
          and (filters = '{}' or gate.contact_passes(c, filters))
        order by c.company_key, c.id limit inside)
    ) hit
    order by hit.id desc
    limit inside);
  return query select unnest(found_ids), 0;
  inside := inside - cardinality(found_ids);
  if inside = 0 then
    return;
  end if;

  -- No trigram is made of punctuation, nor of letters beyond ASCII where the server's LC_CTYPE is C: the company's
  -- contacts are read through. One or two plain letters find beginnings only.
  if term ~ '\S{3}|[^\x01-\x7f]' then
    return query
      select held, 1 from gate.contacts_holding(words, patterns, filters, found_ids, inside) held;
  end if;
end $$;

revoke execute on function gate.search_contacts, gate.contacts_holding, gate.contact_passes from public;
grant execute on function gate.search_contacts to bulkhead_app;
reset role;
