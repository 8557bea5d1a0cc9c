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

-- Text search below row-level security cannot use the trigram index, for LIKE is not leakproof. This function does the
-- policies' work itself: company and visibility stand in each branch. At most `most` hits, rank 0 (a name, the address
-- or the employer begins with the first word) before rank 1 (every word occurs somewhere). Each branch is one range of
-- one index. `filters` narrows before the bound does.
create function gate.search_contacts(term text, filters jsonb default '{}', most integer default 1000)
returns table (id uuid, rank integer)
language plpgsql stable security definer rows 100
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  words text[] := array(select distinct word from regexp_split_to_table(lower(term), '\s+') word where word <> '');
  first_word text := (regexp_match(lower(term), '\S+'))[1];
  beyond text := first_word || chr(1114111);
  patterns text[] := array(
    select '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%' from unnest(words) word);
  -- Only three letters or digits in a row make a trigram that the index can look up.
  selective text[] := array(
    select '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%'
    from unnest(words) word
    where exists (select from unnest(show_trgm(word)) t where t !~ ' ')
    order by length(word) desc);
  found_ids uuid[];
  inside integer := greatest(1, least(most, 1000));
begin
  if first_word is null or app.cid() is null then
    return;
  end if;

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

  if selective <> '{}' then
    return query
      select c.id, 1 from contacts c
      where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
        and c.search_text like selective[1] and c.search_text like coalesce(selective[2], selective[1])
        and c.search_text like all (patterns)
        and c.id <> all (found_ids) and (filters = '{}' or gate.contact_passes(c, filters))
      limit inside;
  elsif term ~ '\S{3}|[^\x01-\x7f]' then
    -- No trigram is made of punctuation, nor of letters beyond ASCII where the server's LC_CTYPE is C: the company's
    -- contacts are read through. One or two plain letters find beginnings only.
    return query
      select c.id, 1 from contacts c
      where c.company_id = app.cid() and c.deleted_at is null and app.sees(c.owner_id, c.private_to)
        and c.search_text like all (patterns)
        and c.id <> all (found_ids) and (filters = '{}' or gate.contact_passes(c, filters))
      limit inside;
  end if;
end $$;

revoke execute on function gate.search_contacts, gate.contact_passes from public;
grant execute on function gate.search_contacts to bulkhead_app;
reset role;
