set local role bulkhead_owner;

-- Two people who are made each other's managers at the same time would each find no circle yet: the second waits for the first.
create or replace function app.managers_form_no_circle() returns trigger
language plpgsql as $$
begin
  perform from companies where id = new.company_id for no key update;
  if exists (
    with recursive above (id, manager_id) as (
      select id, manager_id from users where company_id = new.company_id and id = new.manager_id
      union
      select u.id, u.manager_id from users u join above on u.id = above.manager_id where u.company_id = new.company_id
    )
    select from above where id = new.id) then
    raise exception 'a manager cannot be led by whom they lead' using errcode = '23514', column = 'manager_id';
  end if;
  return null;
end $$;
reset role;
