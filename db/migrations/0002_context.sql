set local role bulkhead_owner;

-- After SET LOCAL ends the setting is '' and not null, hence nullif. STABLE: a cached plan must never pin a company.
create function app.cid() returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.company_id', true), '')::uuid $$;

create function app.uid() returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;

-- Whose records the user sees: '*' for all of the company, else a uuid array literal that holds at least themselves.
create function app.owners() returns uuid[]
language sql stable parallel safe
as $$ select nullif(nullif(current_setting('app.owners', true), '*'), '')::uuid[] $$;

create function app.sees(owner uuid, private_to uuid) returns boolean
language sql stable parallel safe
as $$
  select (private_to is null or private_to = app.uid())
     and (current_setting('app.owners', true) = '*' or owner = any (app.owners()))
$$;

-- A version-7 uuid: PostgreSQL 18 has its own; before it, the milliseconds are laid over a random one.
do $$
begin
  if current_setting('server_version_num')::int >= 180000 then
    execute 'create function app.uuid7() returns uuid language sql volatile parallel safe as ''select uuidv7()''';
  else
    execute $f$
      create function app.uuid7() returns uuid language sql volatile parallel safe as $b$
        select encode(
          set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
              placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
            52, 1), 53, 1), 'hex')::uuid
      $b$ $f$;
  end if;
end $$;

create function app.touch() returns trigger
language plpgsql
as $$
begin
  new.updated_at := now();
  new.version := old.version + 1;
  return new;
end $$;

-- Makes a table company-owned: row-level security with the canonical policy and its floor, exact grants, record
-- visibility, audit and versioning. Run it again after adding a column: it is idempotent.
--   owner      column that says whose record it is (visibility by own, team, all); needs a private_to column as well
--   visible    instead of owner: an expression over the row, for a child that is seen when its parent is seen
--   secrets    columns that never reach the audit log
--   writes     'all', 'append' (insert only) or 'none' (written by gate functions only)
create procedure app.own_by_company(
  target regclass,
  owner name default null,
  visible text default null,
  secrets text[] default '{}',
  audited boolean default true,
  writes text default 'all'
)
language plpgsql
as $$
declare
  cols text;
  has_version boolean := exists (
    select from pg_attribute where attrelid = target and attname = 'version' and not attisdropped);
begin
  if owner is not null then
    visible := format('app.sees(%I, private_to)', owner);
  end if;
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('drop policy if exists tenant on %s', target);
  execute format('create policy tenant on %s to bulkhead_app
    using (company_id = app.cid()) with check (company_id = app.cid())', target);
  execute format('drop policy if exists tenant_floor on %s', target);
  execute format('create policy tenant_floor on %s as restrictive to bulkhead_app
    using (company_id = app.cid()) with check (company_id = app.cid())', target);
  execute format('drop policy if exists visibility on %s', target);
  if visible is not null then
    execute format('create policy visibility on %s as restrictive to bulkhead_app
      using (%s) with check (%s)', target, visible, visible);
  end if;

  execute format('revoke all on %s from bulkhead_app', target);
  execute format('grant select on %s to bulkhead_app', target);
  select string_agg(quote_ident(attname), ', ' order by attnum) into cols
  from pg_attribute
  where attrelid = target and attnum > 0 and not attisdropped and attgenerated = ''
    and attname not in ('company_id', 'id', 'created_at', 'updated_at', 'version');
  if writes in ('all', 'append') then
    execute format('grant insert (%s) on %s to bulkhead_app', cols, target);
  end if;
  if writes = 'all' then
    execute format('grant delete on %s to bulkhead_app', target);
    execute format('grant update (%s) on %s to bulkhead_app', cols, target);
  end if;

  execute format('drop trigger if exists touch on %s', target);
  if has_version then
    execute format('create trigger touch before update on %s for each row execute function app.touch()', target);
  end if;
  execute format('drop trigger if exists audit on %s', target);
  if audited then
    execute format('create trigger audit after insert or update or delete on %s
      for each row execute function gate.audit(%s)', target,
      coalesce((select string_agg(quote_literal(s), ', ') from unnest(secrets) s), ''));
  end if;
end $$;
revoke execute on procedure app.own_by_company from public, bulkhead_app, bulkhead_gate, bulkhead_auditor;
revoke execute on function app.touch from bulkhead_app, bulkhead_gate, bulkhead_auditor;

reset role;
