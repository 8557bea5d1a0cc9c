-- An ordinary application of one customer after another: only users say to which company they belong.
create table companies (id serial primary key, name text not null);
create table users (
  id serial primary key,
  company_id integer references companies (id) on delete cascade,
  email text not null unique,
  manager_id integer references users (id) on delete set null
);
create table countries (code char(2) primary key, name text not null);
create table contacts (
  id bigserial primary key,
  owner_id integer not null references users (id),
  country char(2) references countries (code),
  name text not null,
  touched integer not null default 0
);
create table deals (
  id uuid primary key default gen_random_uuid(),
  contact_id bigint not null references contacts (id) on delete cascade,
  number text not null unique,
  amount numeric(12, 2)
);
create table deal_lines (deal_id uuid not null references deals (id), position integer not null, note json, primary key (deal_id, position));
create table visits (contact_id bigint references contacts (id), at timestamptz not null default '2024-01-01');

-- A trigger of the application that must not fire for what only adds the company.
create function touch() returns trigger language plpgsql as $$ begin new.touched := new.touched + 1; return new; end $$;
create trigger touch before update on contacts for each row execute function touch();

insert into companies (name) values ('Nadan'), ('Sunstone');
insert into users (company_id, email, manager_id) select 1 + i % 2, 'u' || i || '@example.com', nullif(i - 2, 0) from generate_series(2, 9) i where i = 2;
insert into users (company_id, email) select 1 + i % 2, 'user' || i || '@example.com' from generate_series(1, 8) i;
insert into countries values ('DE', 'Germany'), ('IN', 'India');
insert into contacts (owner_id, country, name) select 1 + i % 9, case when i % 3 = 0 then 'DE' end, 'Contact ' || i from generate_series(1, 400) i;
insert into deals (id, contact_id, number, amount) select md5(i::text)::uuid, 1 + i % 400, 'Q-' || i, i * 1.5 from generate_series(1, 600) i;
insert into deal_lines select md5(i::text)::uuid, p, '{"b" : 1,  "a":2}' from generate_series(1, 600) i, generate_series(1, 2) p;
insert into visits (contact_id) select 1 + i % 400 from generate_series(1, 300) i;
