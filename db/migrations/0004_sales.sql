set local role bulkhead_owner;

-- Of each row that is written PostgreSQL reads anew the text of every check and generated expression of its table, which
-- took a quarter of a contact's creation: so lengths are said by types, and long expressions stand in functions.
create function app.contact_text(first_name text, last_name text, email text, company text, phone text, mobile text)
returns text
language plpgsql immutable parallel safe
as $$
begin
  return lower(first_name || ' ' || last_name || ' ' || coalesce(email, '') || ' ' || coalesce(company, '') || ' ' ||
    coalesce(phone, '') || ' ' || coalesce(mobile, ''));
end $$;

create table contacts (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  first_name varchar(100) not null,
  last_name varchar(100) not null,
  email citext check (length(email) <= 255),
  phone varchar(20),
  mobile varchar(20),
  company varchar(200),
  title varchar(100),
  type varchar(100),
  department varchar(100),
  website varchar(255),
  address_line1 varchar(255),
  address_line2 varchar(255),
  city varchar(100),
  state varchar(100),
  postal_code varchar(20),
  country varchar(100),
  status text not null default 'NEW' check (status in
    ('NEW', 'LEAD', 'PROSPECT', 'CONTACTED', 'QUALIFIED', 'UNQUALIFIED', 'CUSTOMER', 'INACTIVE')),
  source text check (source in
    ('website', 'referral', 'linkedin', 'cold_email', 'trade_show', 'social_media', 'other')),
  lead_score integer not null default 0 check (lead_score between 0 and 1000),
  owner_id uuid not null default app.uid(),
  private_to uuid,
  tags text[] not null default '{}',
  custom_fields jsonb not null default '{}',
  notes text,
  linkedin_url varchar(255),
  twitter_handle varchar(100),
  merged_into_id uuid,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  search_text text generated always as (
    app.contact_text(first_name, last_name, email::text, company, phone, mobile)) stored,
  primary key (company_id, id),
  foreign key (company_id, owner_id) references users (company_id, id),
  foreign key (company_id, merged_into_id) references contacts (company_id, id)
);
create index contacts_newest on contacts (company_id, created_at desc, id desc) where deleted_at is null;
create index contacts_name on contacts (company_id, last_name collate "C", first_name collate "C", id) where deleted_at is null;
create index contacts_email on contacts (company_id, email);
create index contacts_owner on contacts (company_id, owner_id, created_at desc, id desc);
create index contacts_status on contacts (company_id, status, created_at desc, id desc) where deleted_at is null;
create index contacts_merged on contacts (company_id, merged_into_id) where merged_into_id is not null;
create index contacts_search on contacts using gin (company_id, search_text gin_trgm_ops) where deleted_at is null;

create table tags (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  name text not null check (length(name) between 1 and 50),
  color text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, name)
);

create table custom_field_definitions (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  resource text not null check (resource in ('contacts', 'deals', 'activities')),
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,49}$'),
  label text not null check (length(label) between 1 and 100),
  type text not null check (type in
    ('text', 'number', 'date', 'boolean', 'select', 'multi_select', 'url', 'email', 'phone', 'money')),
  options jsonb not null default '[]',
  is_required boolean not null default false,
  order_index integer not null default 0,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, resource, key)
);

create table pipelines (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  name text not null check (length(name) between 1 and 100),
  description text check (length(description) <= 500),
  is_default boolean not null default false,
  order_index integer not null default 0,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id)
);
create unique index pipelines_default on pipelines (company_id) where is_default and deleted_at is null;

create table pipeline_stages (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  pipeline_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  description text check (length(description) <= 500),
  order_index integer not null,
  probability numeric(5, 2) not null default 0 check (probability between 0 and 100),
  is_closed boolean not null default false,
  is_won boolean not null default false,
  rotting_days integer check (rotting_days > 0),
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, pipeline_id, id),
  foreign key (company_id, pipeline_id) references pipelines (company_id, id) on delete cascade,
  check (is_closed or not is_won)
);
create index on pipeline_stages (company_id, pipeline_id, order_index);

create table deals (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  title text not null check (length(title) between 1 and 255),
  description text,
  value numeric(15, 2) not null default 0 check (value >= 0),
  currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  pipeline_id uuid not null,
  stage_id uuid not null,
  status text not null default 'open' check (status in ('open', 'won', 'lost', 'abandoned')),
  owner_id uuid not null default app.uid(),
  private_to uuid,
  contact_id uuid,
  company varchar(255),
  expected_close_date date,
  actual_close_date date,
  stage_entered_at timestamptz not null default now(),
  probability numeric(5, 2) not null default 0 check (probability between 0 and 100),
  weighted_value numeric(15, 2) generated always as (round(value * probability / 100, 2)) stored,
  won_reason varchar(255),
  lost_reason varchar(255),
  tags text[] not null default '{}',
  custom_fields jsonb not null default '{}',
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  search_text text generated always as (lower(title || ' ' || coalesce(company, ''))) stored,
  primary key (company_id, id),
  foreign key (company_id, pipeline_id) references pipelines (company_id, id),
  foreign key (company_id, pipeline_id, stage_id) references pipeline_stages (company_id, pipeline_id, id),
  foreign key (company_id, owner_id) references users (company_id, id),
  foreign key (company_id, contact_id) references contacts (company_id, id)
);
create index deals_newest on deals (company_id, created_at desc, id desc) where deleted_at is null;
create index deals_board on deals (company_id, pipeline_id, stage_id, stage_entered_at desc, id desc) where deleted_at is null;
create index deals_owner on deals (company_id, owner_id);
create index deals_contact on deals (company_id, contact_id);
create index deals_closing on deals (company_id, expected_close_date) where deleted_at is null and status = 'open';
create index deals_search on deals using gin (company_id, search_text gin_trgm_ops) where deleted_at is null;

-- A child is seen when its parent is seen: these run with the caller's rights, under the parent's own policies.
create function app.sees_deal(deal uuid) returns boolean
language sql stable parallel safe
as $$ select exists (select from deals where company_id = app.cid() and id = deal) $$;

create function app.sees_contact(contact uuid) returns boolean
language sql stable parallel safe
as $$ select exists (select from contacts where company_id = app.cid() and id = contact) $$;

-- Written by the trigger below, so that no path can move a deal without its history.
create table deal_stage_history (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  deal_id uuid not null,
  from_stage_id uuid,
  to_stage_id uuid not null,
  moved_by uuid,
  value numeric(15, 2) not null,
  seconds_in_stage bigint,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, deal_id) references deals (company_id, id) on delete cascade,
  foreign key (company_id, from_stage_id) references pipeline_stages (company_id, id),
  foreign key (company_id, to_stage_id) references pipeline_stages (company_id, id)
);
create index on deal_stage_history (company_id, deal_id, id);
create index on deal_stage_history (company_id, to_stage_id);
create index on deal_stage_history (company_id, from_stage_id);

reset role;
set local role bulkhead_gate;
create function gate.deal_entered_stage() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    insert into deal_stage_history (company_id, deal_id, to_stage_id, moved_by, value)
    values (new.company_id, new.id, new.stage_id, app.uid(), new.value);
  else
    insert into deal_stage_history (company_id, deal_id, from_stage_id, to_stage_id, moved_by, value, seconds_in_stage)
    values (new.company_id, new.id, old.stage_id, new.stage_id, app.uid(), new.value,
      extract(epoch from now() - old.stage_entered_at)::bigint);
  end if;
  return null;
end $$;
revoke execute on function gate.deal_entered_stage from public;
grant execute on function gate.deal_entered_stage to bulkhead_owner;
reset role;

set local role bulkhead_owner;
create trigger stage_on_create after insert on deals for each row execute function gate.deal_entered_stage();
create trigger stage_on_move after update of stage_id on deals for each row
  when (old.stage_id is distinct from new.stage_id) execute function gate.deal_entered_stage();

create table activities (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  type text not null check (type in ('call', 'email', 'meeting', 'task', 'note', 'deadline')),
  subject text not null check (length(subject) between 1 and 255),
  description text,
  status text not null default 'pending' check (status in ('pending', 'completed', 'cancelled')),
  due_date timestamptz,
  completed_at timestamptz,
  duration_minutes integer check (duration_minutes >= 0),
  owner_id uuid not null default app.uid(),
  private_to uuid,
  contact_id uuid,
  deal_id uuid,
  location varchar(255),
  outcome varchar(500),
  priority integer not null default 0 check (priority between 0 and 3),
  reminder_at timestamptz,
  reminded_at timestamptz,
  custom_fields jsonb not null default '{}',
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id),
  foreign key (company_id, owner_id) references users (company_id, id),
  foreign key (company_id, contact_id) references contacts (company_id, id),
  foreign key (company_id, deal_id) references deals (company_id, id)
);
create index activities_newest on activities (company_id, created_at desc, id desc) where deleted_at is null;
create index activities_due on activities (company_id, due_date, id) where deleted_at is null;
create index on activities (company_id, owner_id, due_date);
create index on activities (company_id, contact_id);
create index on activities (company_id, deal_id);

create table notes (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  body text not null check (length(body) between 1 and 50000),
  author_id uuid default app.uid(),
  contact_id uuid,
  deal_id uuid,
  pinned_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id),
  check (num_nonnulls(contact_id, deal_id) >= 1),
  foreign key (company_id, author_id) references users (company_id, id),
  foreign key (company_id, contact_id) references contacts (company_id, id),
  foreign key (company_id, deal_id) references deals (company_id, id)
);
create index on notes (company_id, contact_id, id);
create index on notes (company_id, deal_id, id);
create index on notes (company_id, author_id);

create table notifications (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  title text not null check (length(title) <= 255),
  message text not null,
  type text not null default 'info' check (type in ('info', 'success', 'warning', 'error')),
  link text check (length(link) <= 500),
  user_id uuid not null default app.uid(),
  read_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, user_id) references users (company_id, id) on delete cascade
);
create index on notifications (company_id, user_id, id desc);

create table saved_views (
  company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(),
  resource text not null check (resource in ('contacts', 'deals', 'activities')),
  name text not null check (length(name) between 1 and 100),
  definition jsonb not null default '{}',
  owner_id uuid not null default app.uid(),
  is_shared boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (company_id, id),
  unique (company_id, owner_id, resource, name),
  foreign key (company_id, owner_id) references users (company_id, id) on delete cascade
);

call app.own_by_company('contacts', owner => 'owner_id');
call app.own_by_company('tags');
call app.own_by_company('custom_field_definitions');
call app.own_by_company('pipelines');
call app.own_by_company('pipeline_stages');
call app.own_by_company('deals', owner => 'owner_id');
call app.own_by_company('deal_stage_history', visible => 'app.sees_deal(deal_id)', audited => false, writes => 'none');
call app.own_by_company('activities', owner => 'owner_id');
call app.own_by_company('notes', visible => 'case when deal_id is null then true else app.sees_deal(deal_id) end
  and case when contact_id is null then true else app.sees_contact(contact_id) end');
-- A notification can be made for a colleague, but only its reader reads it: hence a gate function for making it.
call app.own_by_company('notifications', visible => 'user_id = app.uid()', audited => false);
call app.own_by_company('saved_views', visible => 'owner_id = app.uid() or is_shared');
reset role;
