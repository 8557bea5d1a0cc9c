set local role bulkhead_gate;

-- Which colleagues log in with a second step. That they do is no secret from their admin; with what, the identity keeps.
create function gate.two_step_users()
returns table (user_id uuid)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select i.user_id from login_identities i where i.company_id = app.cid() and i.totp_confirmed_at is not null
$$;
revoke execute on function gate.two_step_users from public;
grant execute on function gate.two_step_users to bulkhead_app;

-- One tag takes another's place on every record of the company, a colleague's private ones too, as in retag_everywhere.
-- No row: one of the two is not there, or they are the same.
create function gate.merge_tags(tag uuid, target uuid)
returns table (contacts bigint, deals bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
  old_name text;
  new_name text;
  contact_count bigint;
  deal_count bigint;
begin
  -- In one order, so that two merges that cross wait for each other instead of blocking.
  perform from tags t where t.company_id = app.cid() and t.id in (tag, target) order by t.id for update;
  old_name := (select t.name from tags t where t.company_id = app.cid() and t.id = tag);
  new_name := (select t.name from tags t where t.company_id = app.cid() and t.id = target);
  if old_name is null or new_name is null or tag = target then
    return;
  end if;
  delete from tags t where t.company_id = app.cid() and t.id = tag;
  update contacts c set tags = case when new_name = any (c.tags) then array_remove(c.tags, old_name)
    else array_replace(c.tags, old_name, new_name) end
  where c.company_id = app.cid() and old_name = any (c.tags);
  get diagnostics contact_count = row_count;
  update deals d set tags = case when new_name = any (d.tags) then array_remove(d.tags, old_name)
    else array_replace(d.tags, old_name, new_name) end
  where d.company_id = app.cid() and old_name = any (d.tags);
  get diagnostics deal_count = row_count;
  return query select contact_count, deal_count;
end $$;
revoke execute on function gate.merge_tags from public;
grant execute on function gate.merge_tags to bulkhead_app;
reset role;
