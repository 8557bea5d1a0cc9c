-- A company's report says which of its tables could not be counted, too, and nothing that grows with the rows of all: how long it took.
set local role bulkhead_gate;
create or replace function gate.company_isolation() returns table (run_id uuid, report jsonb)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select r.id, jsonb_build_object(
    'format', r.report -> 'format', 'finishedAt', r.report -> 'finishedAt',
    'database', (r.report -> 'database') || '{"name": ""}', 'waivers', '{"expired": [], "unmatched": []}'::jsonb,
    'score', (r.report -> 'score') || '{"findings": {"critical": 0, "high": 0, "medium": 0, "low": 0}}',
    'outcomes', (
      select jsonb_agg(jsonb_build_object('rule', o -> 'rule', 'outcome', o -> 'outcome', 'findings', '[]'::jsonb)
        order by n)
      from jsonb_array_elements(r.report -> 'outcomes') with ordinality each (o, n)),
    'distribution', (
      select coalesce(jsonb_agg(case
        when d -> 'rows' ? app.cid()::text then jsonb_build_object('table', d -> 'table',
            'rows', jsonb_build_object(app.cid(), d -> 'rows' -> app.cid()::text))
          || case when d ? 'estimated' then '{"estimated": true}'::jsonb else '{}' end
        else jsonb_build_object('table', d -> 'table', 'rows', '{}'::jsonb,
          'uncounted', coalesce(d -> 'uncounted', to_jsonb('only the companies with the most rows were counted'::text))) end order by n), '[]')
      from jsonb_array_elements(r.report -> 'distribution') with ordinality each (d, n)
      where d -> 'rows' ? app.cid()::text or d ? 'uncounted' or d ? 'cut'))
  from audit_runs r
  where app.cid() is not null and r.status = 'done' and r.report ? 'outcomes'
  order by r.finished_at desc
  limit 1
$$;
reset role;

-- To find the jobs of a user who goes, not by reading everybody's (rule 77).
set local role bulkhead_owner;
create index jobs_company_id_user_id on public.jobs (company_id, user_id) where user_id is not null;
reset role;

-- By their schemas, so that no other table of that name can stand in for them (rule 74).
set local role bulkhead_owner;
create or replace function app.sees_deal(deal uuid) returns boolean language sql stable parallel safe
  as $$ select exists (select from public.deals where company_id = app.cid() and id = deal) $$;
create or replace function app.sees_contact(contact uuid) returns boolean language sql stable parallel safe
  as $$ select exists (select from public.contacts where company_id = app.cid() and id = contact) $$;
create or replace function app.sees_import(import uuid) returns boolean language sql stable parallel safe
  as $$ select exists (select from public.imports where company_id = app.cid() and id = import) $$;
reset role;

-- An audit whose process dies is begun again twice, not for ever.
set local role bulkhead_owner;
alter table audit_runs add column attempts integer not null default 0;
reset role;
set local role bulkhead_gate;
create or replace function gate.claim_audit() returns table (run_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into audit_runs (reason)
  select 'nightly' from audit_schedule s
  cross join lateral (select date_trunc('day', now() at time zone 'UTC' - make_interval(hours => s.hour))
    at time zone 'UTC' + make_interval(hours => s.hour)) last (due)
  where s.nightly and s.since <= last.due and not exists (select from audit_runs r where r.requested_at >= last.due)
  on conflict do nothing;
  update audit_runs r set status = 'failed', finished_at = now(), rule = null,
    error = format('Its process ended %s times, last at: %s', r.attempts, coalesce(r.rule, 'the beginning'))
  where r.status = 'running' and r.heard_at < now() - interval '2 minutes' and r.attempts >= 3;
  return query
    update audit_runs r set status = 'running', started_at = now(), heard_at = now(), done = 0, total = 0, rule = null, attempts = r.attempts + 1
    where r.id = (
      select w.id from audit_runs w
      where w.status = 'waiting' or (w.status = 'running' and w.heard_at < now() - interval '2 minutes')
      for update skip locked limit 1)
    returning r.id;
end $$;
reset role;
