-- What makes an adoption hard: only companies and users know of companies.
create extension citext;
create schema "Sales Data";
create type stage as enum ('new', 'won');
create table companies (id uuid primary key default gen_random_uuid(), name citext not null unique);
create table users (login citext primary key, company_id uuid references companies (id) on delete cascade, main_project bigint);
-- A circle of two, and each with itself.
create table projects (id bigint primary key, lead citext references users (login), parent bigint references projects (id) on delete set null, stage stage not null default 'new');
alter table users add foreign key (main_project) references projects (id) deferrable initially deferred;
-- Composite and text keys, reserved words, a schema and a table that need quotes.
create table "Sales Data"."Order" (
  region text, number integer, "user" citext not null references users (login) on update cascade, project bigint references projects (id),
  "select" text, total numeric generated always as (number * 2) stored,
  primary key (region, number), unique ("select"), exclude using btree (number with =) deferrable initially deferred);
create table "Sales Data"."Line" (region text not null, number integer not null, pos smallint not null, weight double precision, payload json,
  constraint "of order" foreign key (region, number) references "Sales Data"."Order" (region, number) on delete cascade, primary key (region, number, pos));
create unique index line_lower on "Sales Data"."Line" (lower(region), number, pos) where pos > 0;
-- Partitions, one in another schema, and a table that points at them.
create table events (id bigint not null, at date not null, login citext not null references users (login), primary key (id, at)) partition by range (at);
create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');
create table "Sales Data".events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01');
create unique index events_login on events (login, id, at);
create table replies (id serial primary key, event bigint not null, at date not null, foreign key (event, at) references events (id, at));
-- Inheritance, no key at all, views, a rule for writes through a view, triggers that must stay silent.
create table logs (login citext not null references users (login), said text);
create view won as select p.id, u.login, u.company_id from projects p join users u on u.login = p.lead where p.stage = 'won';
create materialized view figures as select lead, count(*) from projects group by lead;
create table loud (id serial primary key, login citext not null references users (login), n integer not null default 0);
create function refuse() returns trigger language plpgsql as $$ begin raise exception 'nobody updates this'; end $$;
create trigger refuse before update on loud for each row execute function refuse();
alter table loud enable row level security;
create policy old on loud using (n >= 0);

insert into companies (id, name) values ('00000000-0000-4000-8000-000000000001', 'Nadan'), ('00000000-0000-4000-8000-000000000002', 'Sunstone');
insert into users (login, company_id) select 'User' || i, ('00000000-0000-4000-8000-00000000000' || 1 + i % 2)::uuid from generate_series(1, 6) i;
insert into projects (id, lead) select i, 'USER' || i from generate_series(1, 4) i;
insert into projects (id, parent) select i, i - 4 from generate_series(5, 40) i;
update users set main_project = right(login, 1)::int where right(login, 1)::int <= 4;
update projects set stage = 'won' where id % 3 = 0;
insert into "Sales Data"."Order" (region, number, "user", project, "select") select 'North''s', i, 'user' || 1 + i % 6, case when i % 6 < 4 then 1 + i % 6 end, 's' || i from generate_series(1, 60) i;
insert into "Sales Data"."Line" select 'North''s', i, p, 0.1 * i, '{"z": 1,  "a" : [1, 2]}' from generate_series(1, 60) i, generate_series(1, 2) p;
insert into events select i, date '2024-06-01' + i * 5, 'user' || 1 + i % 6 from generate_series(1, 100) i;
insert into replies (event, at) select i, date '2024-06-01' + i * 5 from generate_series(1, 100) i;
insert into logs select 'user' || 1 + i % 6, 'said ' || i from generate_series(1, 5000) i;
insert into loud (login) select 'user' || 1 + i % 6 from generate_series(1, 30) i;
refresh materialized view figures;
