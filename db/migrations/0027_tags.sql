set local role bulkhead_gate;

-- Every way to a tagged record (form, import, bulk edit, merge) ends here, so that no tag in use is missing from the list.
create function gate.register_tags() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tag text;
begin
  for tag in select distinct t from unnest(new.tags) t order by t loop
    if not exists (select from tags where company_id = new.company_id and name = tag) then
      insert into tags (company_id, name) values (new.company_id, tag) on conflict do nothing;
    end if;
  end loop;
  return null;
end $$;
revoke execute on function gate.register_tags from public;
grant execute on function gate.register_tags to bulkhead_owner;
reset role;

set local role bulkhead_owner;
create trigger tags_on_create after insert on contacts for each row
  when (new.tags <> '{}') execute function gate.register_tags();
create trigger tags_on_change after update of tags on contacts for each row
  when (new.tags <> '{}' and new.tags is distinct from old.tags) execute function gate.register_tags();
create trigger tags_on_create after insert on deals for each row
  when (new.tags <> '{}') execute function gate.register_tags();
create trigger tags_on_change after update of tags on deals for each row
  when (new.tags <> '{}' and new.tags is distinct from old.tags) execute function gate.register_tags();
reset role;

set local role bulkhead_gate;

-- On every record of the company, a colleague's private ones too: a tag's name is the company's, and one that was
-- left behind on a record that the admin cannot see would come back. No row: the tag is not there.
create function gate.retag_everywhere(tag uuid, new_name text)
returns table (contacts bigint, deals bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
  old_name text := (select t.name from tags t where t.company_id = app.cid() and t.id = tag);
  contact_count bigint;
  deal_count bigint;
begin
  if old_name is null then
    return;
  end if;
  if new_name is null then
    delete from tags t where t.company_id = app.cid() and t.id = tag;
  else
    update tags t set name = new_name where t.company_id = app.cid() and t.id = tag;
  end if;
  -- With null array_replace would leave a null in the tag's place.
  update contacts c set tags = array_remove(array_replace(c.tags, old_name, new_name), null)
  where c.company_id = app.cid() and old_name = any (c.tags);
  get diagnostics contact_count = row_count;
  update deals d set tags = array_remove(array_replace(d.tags, old_name, new_name), null)
  where d.company_id = app.cid() and old_name = any (d.tags);
  get diagnostics deal_count = row_count;
  return query select contact_count, deal_count;
end $$;
revoke execute on function gate.retag_everywhere from public;
grant execute on function gate.retag_everywhere to bulkhead_app;
reset role;
