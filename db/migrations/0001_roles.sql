-- Roles are cluster-wide and outlive a database, so each is made only where it is missing.
-- bulkhead_owner owns every table and runs migrations; bulkhead_app serves requests; bulkhead_jobs runs the job queue's
-- own schema; bulkhead_gate owns the listed SECURITY DEFINER functions; bulkhead_auditor reads everything, changes nothing.
do $$
declare
  wanted constant text[][] := array[
    ['bulkhead_owner', 'nologin nobypassrls'],
    ['bulkhead_app', 'login nobypassrls'],
    ['bulkhead_jobs', 'login nobypassrls'],
    ['bulkhead_gate', 'nologin bypassrls'],
    ['bulkhead_auditor', 'login bypassrls']
  ];
  role text[];
begin
  foreach role slice 1 in array wanted loop
    if not exists (select from pg_roles where rolname = role[1]) then
      begin
        execute format('create role %I %s nosuperuser nocreatedb nocreaterole noreplication noinherit', role[1], role[2]);
      exception when duplicate_object or unique_violation then
        null; -- another database of the same cluster was migrated at the same moment
      end;
    end if;
  end loop;
end $$;

do $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant bulkhead_owner, bulkhead_gate to %I with set true', current_user);
  end if;
end $$;

do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to bulkhead_app, bulkhead_jobs, bulkhead_auditor', current_database());
  execute format('grant create on database %I to bulkhead_owner', current_database());
end $$;

revoke all on schema public from public;
grant usage, create on schema public to bulkhead_owner;
grant usage on schema public to bulkhead_app, bulkhead_gate, bulkhead_auditor;
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
create extension if not exists citext;

-- app: what policies and defaults are made of. gate: the only home of definer functions.
create schema app authorization bulkhead_owner;
create schema gate authorization bulkhead_gate;
grant usage on schema app to bulkhead_app, bulkhead_gate, bulkhead_auditor;
grant usage on schema gate to bulkhead_app, bulkhead_owner, bulkhead_auditor;

alter default privileges for role bulkhead_owner revoke execute on functions from public;
alter default privileges for role bulkhead_gate revoke execute on functions from public;
alter default privileges for role bulkhead_owner in schema public grant select on tables to bulkhead_auditor;
alter default privileges for role bulkhead_owner in schema public grant select, insert, update, delete on tables to bulkhead_gate;
alter default privileges for role bulkhead_owner in schema app grant execute on functions to bulkhead_app, bulkhead_gate, bulkhead_auditor;

