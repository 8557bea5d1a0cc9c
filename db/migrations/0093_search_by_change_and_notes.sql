set local role bulkhead_gate;

-- {"equal": {column: value}, "created_from", "created_before", "updated_from", "updated_before", "notes": a pattern,
--  "lead_score_min", "lead_score_max", "has_email"}
create or replace function gate.contact_passes(c contacts, filters jsonb) returns boolean
language sql stable
as $$
  select (filters -> 'equal' is null or to_jsonb(c) @> (filters -> 'equal'))
    and coalesce(c.created_at >= (filters ->> 'created_from')::timestamptz, true)
    and coalesce(c.created_at < (filters ->> 'created_before')::timestamptz, true)
    and coalesce(c.updated_at >= (filters ->> 'updated_from')::timestamptz, true)
    and coalesce(c.updated_at < (filters ->> 'updated_before')::timestamptz, true)
    and (filters ->> 'notes' is null or coalesce(c.notes ilike (filters ->> 'notes'), false))
    and coalesce(c.lead_score >= (filters ->> 'lead_score_min')::integer, true)
    and coalesce(c.lead_score <= (filters ->> 'lead_score_max')::integer, true)
    and coalesce((c.email is not null) = (filters ->> 'has_email')::boolean, true)
$$;
reset role;
