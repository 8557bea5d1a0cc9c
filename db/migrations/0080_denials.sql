set local role bulkhead_owner;

-- Global: what was refused lately, for whoever runs the platform. A company never reads it: why a row was not found can be
-- another company. Bounded: see server/platform/denials.ts for what is written, and gate.note_denials for what is kept.
create table denials (
  id uuid primary key default app.uuid7(),
  about_company_id uuid,
  user_id uuid,
  method text not null,
  route text not null,
  -- Without its query; null: more of the same route, whose addresses were not kept.
  path text,
  status smallint not null,
  problem text not null,
  detail text,
  times integer not null default 1,
  last_at timestamptz not null default now()
);
create index on denials (about_company_id, id);
reset role;

set local role bulkhead_gate;

create function gate.note_denials(noted jsonb) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into denials (about_company_id, user_id, method, route, path, status, problem, detail, times, last_at)
  select n.company, n.user_id, n.method, left(n.route, 200), left(n.path, 300), n.status, n.problem, left(n.detail, 300), n.times, n.last_at
  from jsonb_to_recordset(noted) as n (company uuid, user_id uuid, method text, route text, path text, status smallint,
    problem text, detail text, times integer, last_at timestamptz)
  limit 1000;
  -- Now and then: the newest 50,000 stay, and none for longer than a month.
  if random() < 0.05 then
    delete from denials where last_at < now() - interval '30 days'
      or id <= (select id from denials order by id desc offset 50000 limit 1);
  end if;
end $$;
revoke execute on function gate.note_denials from public;
grant execute on function gate.note_denials to bulkhead_app;
reset role;
