-- Isolation cannot be switched off by hand: outside a migration (app.migrating, which migrate.ts sets) no policy is made,
-- changed or dropped, and no table that has the canonical policy is left without row-level security, enabled and forced.
create function app.guard_isolation() returns event_trigger
language plpgsql
as $$
declare
  touched record;
begin
  if current_setting('app.migrating', true) = 'on' then
    return;
  end if;
  if tg_event = 'sql_drop' then
    for touched in select * from pg_event_trigger_dropped_objects() loop
      if touched.original and touched.object_type = 'policy' then
        raise insufficient_privilege using message = format('policy %s is dropped by migrations only', touched.object_identity);
      end if;
    end loop;
    return;
  end if;
  for touched in select * from pg_event_trigger_ddl_commands() loop
    if touched.object_type = 'policy' and exists (
      select from pg_policy p join pg_class c on c.oid = p.polrelid
      where p.oid = touched.objid and c.relnamespace = 'public'::regnamespace) then
      raise insufficient_privilege using message = format('policy %s is changed by migrations only', touched.object_identity);
    end if;
    if touched.object_type = 'table' and exists (
      select from pg_class c join pg_policy p on p.polrelid = c.oid and p.polname = 'tenant'
      where c.oid = touched.objid and not (c.relrowsecurity and c.relforcerowsecurity)) then
      raise insufficient_privilege using message = format('row-level security of %s stays enabled and forced', touched.object_identity);
    end if;
  end loop;
end $$;
alter function app.guard_isolation() owner to bulkhead_owner;
revoke execute on function app.guard_isolation() from public, bulkhead_app, bulkhead_gate, bulkhead_auditor;

do $$
declare
  maker record;
begin
  -- Where the server's owner is no superuser, as with some hosts, the audit reports the missing guard (rule 11).
  create event trigger guard_isolation on ddl_command_end when tag in ('ALTER TABLE', 'CREATE POLICY', 'ALTER POLICY')
    execute function app.guard_isolation();
  alter event trigger guard_isolation enable always;
  create event trigger guard_policies on sql_drop when tag in ('DROP POLICY') execute function app.guard_isolation();
  alter event trigger guard_policies enable always;
  -- Large objects belong to roles, and all requests share one: no company may make any.
  for maker in
    select oid::regprocedure as name from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace and proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_import')
  loop
    execute format('revoke execute on function %s from public', maker.name);
  end loop;
exception when insufficient_privilege then
  raise notice 'event triggers need a superuser: isolation is guarded by policies and by the audit only';
end $$;

set local role bulkhead_owner;
-- Requests may add to this log, and it filled in no company.
alter table security_logs alter column company_id set default app.cid();
reset role;
