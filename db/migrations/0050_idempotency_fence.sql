-- What a request under an Idempotency-Key writes is committed together with a mark on the key, and only while the key is
-- still that request's. So a key without a mark can be given to a repetition: the first request cannot take effect any
-- more, however late its statements arrive.
set local role bulkhead_owner;
alter table idempotency_keys add column settled_at timestamptz;
alter table idempotency_keys add column made_id uuid;
reset role;

set local role bulkhead_gate;
create function gate.settle_idempotency_key(key_id uuid) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if pg_current_xact_id_if_assigned() is null then
    return; -- nothing was written
  end if;
  update idempotency_keys k set
    settled_at = coalesce(k.settled_at, now()),
    made_id = coalesce(k.made_id, (
      select a.resource_id from audit_logs a
      where a.company_id = app.cid() and a.id > k.id and a.user_id = app.uid()
        and a.created_at = now() and a.action = 'create'
      order by a.id
      limit 1))
  where k.company_id = app.cid() and k.user_id = app.uid() and k.id = key_id;
  if not found then
    raise exception 'A repetition of this request has taken its place.' using errcode = 'BH409';
  end if;
end $$;
revoke execute on function gate.settle_idempotency_key from public;
grant execute on function gate.settle_idempotency_key to bulkhead_app;
reset role;
