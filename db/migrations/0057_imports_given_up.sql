set local role bulkhead_gate;

-- An import whose job failed for good does not stay "running": it failed, with a reason, in the moment its job did, however
-- that came about (a worker that died runs no code of ours). An admin who retries the job takes that back.
create function gate.import_follows_job() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  undoing constant boolean := new.name = 'imports.undo';
  it imports;
begin
  if new.status = 'failed' then
    update imports i set status = 'failed', finished_at = now(), failure_code = 'gave_up',
      failure_message = case when undoing
        then format('Undoing it broke off %s times. What was undone stays undone; undo it again to go on.', new.attempts)
        else format('It broke off %s times. What was imported stays, and can be undone; start it again to go on.', new.attempts)
      end
    where i.company_id = new.company_id and i.id = (new.payload ->> 'import_id')::uuid
      and i.status = any (case when undoing then '{undo_queued,undoing}' else '{queued,running}' end::text[])
    returning * into it;
    if it.user_id is not null then
      insert into notifications (company_id, user_id, title, message, type, link)
      values (it.company_id, it.user_id, left('Import failed: ' || it.file_name, 255), it.failure_message, 'error',
        '/imports/' || it.id);
    end if;
  else
    update imports i set status = case when undoing then 'undo_queued' else 'queued' end, failure_code = null,
      failure_message = null
    where i.company_id = new.company_id and i.id = (new.payload ->> 'import_id')::uuid
      and i.status = 'failed' and i.failure_code = 'gave_up';
  end if;
  return null;
end $$;
revoke execute on function gate.import_follows_job from public;
grant execute on function gate.import_follows_job to bulkhead_owner;
reset role;

set local role bulkhead_owner;
create trigger import_follows_job after update of status on jobs for each row
  when (new.name in ('imports.run', 'imports.undo') and (new.status = 'failed') <> (old.status = 'failed'))
  execute function gate.import_follows_job();
reset role;
