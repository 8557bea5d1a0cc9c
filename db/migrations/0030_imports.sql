set local role bulkhead_owner;

create table imports (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  -- Whose import it is; null where a super admin acts for the company.
  user_id uuid default app.uid(),
  kind text not null check (kind in ('csv', 'xlsx')),
  file_name text not null check (length(file_name) between 1 and 255),
  file_key text not null check (file_key ~ '^[0-9a-f-]{36}$'),
  file_bytes bigint not null,
  file_hash bytea not null,
  source text not null,
  headers jsonb not null,
  mapping jsonb not null,
  mode text not null default 'skip' check (mode in ('skip', 'update', 'create')),
  match_by text not null default 'email' check (match_by in ('email', 'phone')),
  default_status text not null default 'NEW' check (default_status in
    ('NEW', 'LEAD', 'PROSPECT', 'CONTACTED', 'QUALIFIED', 'UNQUALIFIED', 'CUSTOMER', 'INACTIVE')),
  contact_owner_id uuid,
  tags text[] not null default '{}',
  default_country text check (default_country ~ '^[A-Z]{2}$'),
  status text not null default 'ready' check (status in ('ready', 'queued', 'running', 'finished', 'failed',
    'cancelled', 'undo_queued', 'undoing', 'undone')),
  failure_code text,
  failure_message text,
  -- Number of the last row of the file that is dealt with; written in the transaction that dealt with it.
  position integer not null default 0,
  rows_total integer,
  rows_done integer not null default 0,
  rows_created integer not null default 0,
  rows_updated integer not null default 0,
  rows_skipped integer not null default 0,
  rows_failed integer not null default 0,
  rows_with_warnings integer not null default 0,
  contacts_undone integer not null default 0,
  contacts_kept integer not null default 0,
  started_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, file_key),
  foreign key (company_id, user_id) references users (company_id, id),
  foreign key (company_id, contact_owner_id) references users (company_id, id)
);
create index imports_newest on imports (company_id, created_at desc, id desc);
create index imports_user on imports (company_id, user_id);
create index imports_contact_owner on imports (company_id, contact_owner_id);
create unique index imports_at_work on imports (company_id) where status in ('running', 'undoing');

create function app.sees_import(import uuid) returns boolean
language sql stable parallel safe
as $$ select exists (select from imports where company_id = app.cid() and id = import) $$;

-- What an import did to a contact: one row for both, however many rows of the file named it.
create table import_changes (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  import_id uuid not null,
  contact_id uuid not null,
  row_number integer not null,
  action text not null check (action in ('created', 'updated')),
  -- Version of the contact after the import's last change to it: another one means that somebody edited it since.
  contact_version integer not null,
  before jsonb not null default '{}',
  after jsonb not null default '{}',
  undo text check (undo in ('undone', 'partly', 'kept')),
  undo_reason text,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, import_id, contact_id),
  foreign key (company_id, import_id) references imports (company_id, id) on delete cascade,
  foreign key (company_id, contact_id) references contacts (company_id, id) on delete cascade
);
create index import_changes_contact on import_changes (company_id, contact_id);
create index import_changes_to_undo on import_changes (company_id, import_id, id) where undo is null;
create index import_changes_kept on import_changes (company_id, import_id, row_number, id) where undo in ('partly', 'kept');

-- One row for each row of the file that failed, or lost a cell that could not be used.
create table import_errors (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  import_id uuid not null,
  row_number integer not null,
  failed boolean not null,
  problems jsonb not null,
  cells jsonb not null,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, import_id, row_number),
  foreign key (company_id, import_id) references imports (company_id, id) on delete cascade
);

call app.own_by_company('imports', visible => 'app.sees(user_id, null)', audited => false);
call app.own_by_company('import_changes', visible => 'app.sees_import(import_id)', audited => false);
call app.own_by_company('import_errors', visible => 'app.sees_import(import_id)', audited => false);
-- What a user does with an import is logged; its progress, written with every batch, is not.
create trigger audit after insert or delete or update of status, mapping, mode, match_by, default_status, contact_owner_id,
  tags, default_country on imports for each row execute function gate.audit('file_key', 'file_hash');
reset role;

set local role bulkhead_gate;

-- Whose records the import's user sees now, and so may change; nothing where they may no longer work.
create function gate.import_actor(import uuid)
returns table (user_id uuid, user_role text, owners text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select i.user_id, coalesce(u.user_role, 'company_admin'),
    case when i.user_id is null then '*' else gate.visible_owners(i.company_id, u.id, u.user_role) end
  from imports i
  left join users u on u.company_id = i.company_id and u.id = i.user_id
  where i.company_id = app.cid() and i.id = import and app.sees(i.user_id, null)
    and (i.user_id is null or u.status = 'active')
$$;

-- One import of a company works at a time, of whichever user: only a function sees that of a user one cannot see.
-- 'claimed', 'busy' (come again), or 'over' (there is nothing to do). One that has not moved for minutes lost its worker:
-- it queues again behind this one.
create function gate.claim_import(import uuid, work text) returns text
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  current_status text;
begin
  perform pg_advisory_xact_lock(hashtextextended('imports of ' || app.cid(), 0));
  select i.status into current_status
  from imports i
  where i.company_id = app.cid() and i.id = import and app.sees(i.user_id, null)
  for update;
  if current_status is null or current_status <> all (
      case work when 'undoing' then array['undo_queued', 'undoing'] else array['queued', 'running'] end) then
    return 'over';
  end if;
  update imports i set status = case i.status when 'undoing' then 'undo_queued' else 'queued' end
  where i.company_id = app.cid() and i.id <> import and i.status in ('running', 'undoing')
    and i.updated_at < now() - interval '2 minutes';
  if exists (select from imports i
      where i.company_id = app.cid() and i.id <> import and i.status in ('running', 'undoing')) then
    return 'busy';
  end if;
  update imports i
  set status = case work when 'undoing' then 'undoing' else 'running' end,
    started_at = case when work = 'undoing' then i.started_at else coalesce(i.started_at, now()) end
  where i.company_id = app.cid() and i.id = import;
  return 'claimed';
end $$;

-- Which of the keys the company has a contact for. A contact that the import's user cannot see is told by a null: that
-- there is one, and no more. One that is private to somebody else is not told at all.
create function gate.import_matches(import uuid, match_by text, keys text[])
returns table (key text, contact_id uuid)
language plpgsql stable security definer rows 500
set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
  actor record;
begin
  select * into actor from gate.import_actor(import);
  if not found then
    return;
  end if;
  if match_by = 'email' then
    return query
      select distinct on (k) k, case when actor.owners = '*' or c.owner_id = any (actor.owners::uuid[]) then c.id end
      from unnest(keys) k
      join contacts c on c.company_id = app.cid() and c.deleted_at is null and c.email_key = lower(k)
      where c.private_to is null or c.private_to = actor.user_id
      order by k, actor.owners = '*' or c.owner_id = any (actor.owners::uuid[]) desc, c.id;
  else
    return query
      select distinct on (hit.k) hit.k, case when hit.seen then hit.id end
      from (
        select k, c.id, actor.owners = '*' or c.owner_id = any (actor.owners::uuid[]) as seen
        from unnest(keys) k
        join contacts c on c.company_id = app.cid() and c.deleted_at is null and c.phone_key = k
        where c.private_to is null or c.private_to = actor.user_id
        union all
        select k, c.id, actor.owners = '*' or c.owner_id = any (actor.owners::uuid[])
        from unnest(keys) k
        join contacts c on c.company_id = app.cid() and c.deleted_at is null and c.mobile_key = k
        where c.private_to is null or c.private_to = actor.user_id
      ) hit
      order by hit.k, hit.seen desc, hit.id;
  end if;
end $$;

revoke execute on function gate.import_actor, gate.claim_import, gate.import_matches from public;
grant execute on function gate.import_actor, gate.claim_import, gate.import_matches to bulkhead_app;
reset role;
