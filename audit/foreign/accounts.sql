-- A back end as a service: uuid accounts, claims of a token, one role for everybody who logged in, and some slips.
create schema auth;
create function auth.account_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('request.account', true), '')::uuid $$;
create function auth.uid() returns uuid language plpgsql stable
  as $$ begin return nullif(current_setting('request.user', true), '')::uuid; end $$;
grant usage on schema auth, public to :app;
create table accounts (id uuid primary key default gen_random_uuid(), name text);
create table members (id uuid primary key default gen_random_uuid(), account_id uuid not null references accounts (id), email text);
create table notes (id uuid primary key default gen_random_uuid(), account_id uuid not null references accounts (id),
  author_id uuid references members (id), body text);
create table files (id uuid primary key default gen_random_uuid(), account_id uuid not null references accounts (id), path text);
create table drafts (id uuid primary key default gen_random_uuid(), account_id uuid not null references accounts (id), author_id uuid not null references members (id));
create index on members (account_id); create index on notes (account_id); create index on files (account_id); create index on drafts (account_id);
alter table accounts enable row level security;
alter table members enable row level security;
alter table notes enable row level security;
alter table files enable row level security;
alter table drafts enable row level security;
create policy own on accounts for select to :app using (id = (select auth.account_id()));
create policy own on members to :app using (account_id = (select auth.account_id())) with check (account_id = (select auth.account_id()));
create policy own on notes to :app using (account_id = (select auth.account_id()) or body = 'public') with check (true);
create policy own on files to :app using (account_id = (select auth.account_id()));
create policy support on files for select to :app using (auth.uid() is not null);
create policy mine on drafts to :app using (author_id = auth.uid());
grant select on accounts to :app;
grant select, insert, update, delete on members, notes, files, drafts to :app;
create function public.everything() returns setof notes language sql stable security definer as 'select * from notes';
create view all_notes as select * from notes;
grant select on all_notes to :app;
