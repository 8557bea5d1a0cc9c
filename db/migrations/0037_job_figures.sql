set local role bulkhead_gate;

-- For the operator's metrics: how much waits, of all companies together, and since when. Names no company.
create function gate.job_figures()
returns table (status text, jobs integer, oldest_seconds double precision)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select j.status, count(*)::integer, greatest(0, extract(epoch from now() - min(j.run_at)))::double precision
  from jobs j
  group by j.status
$$;
revoke execute on function gate.job_figures from public;
grant execute on function gate.job_figures to bulkhead_app;
reset role;
