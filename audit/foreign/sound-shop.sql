-- A web shop that keeps its tenants apart as it should: bigint keys, composite foreign keys, partitions, text next to ids.
create schema shop authorization :owner;
set role :owner;
create table shop.tenants (id bigint generated always as identity primary key, name text not null);
create function shop.tenant() returns bigint language sql stable parallel safe
  as $$ select nullif(current_setting('shop.tenant', true), '')::bigint $$;
create table shop.users (tenant_id bigint not null references shop.tenants, id bigint generated always as identity, email text not null,
  primary key (tenant_id, id), unique (tenant_id, email));
create table shop.products (tenant_id bigint not null references shop.tenants, id bigint generated always as identity, sku text not null,
  primary key (tenant_id, id), unique (tenant_id, sku));
create table shop.orders (tenant_id bigint not null references shop.tenants, id bigint generated always as identity,
  placed_by bigint not null, approved_by bigint, notes jsonb not null default '{}', primary key (tenant_id, id),
  foreign key (tenant_id, placed_by) references shop.users (tenant_id, id), foreign key (tenant_id, approved_by) references shop.users (tenant_id, id));
create table shop.order_lines (tenant_id bigint not null references shop.tenants, order_id bigint not null, line smallint not null, product_id bigint not null,
  primary key (tenant_id, order_id, line), foreign key (tenant_id, order_id) references shop.orders (tenant_id, id) on delete cascade,
  foreign key (tenant_id, product_id) references shop.products (tenant_id, id));
create index on shop.orders (tenant_id, placed_by); create index on shop.orders (tenant_id, approved_by);
create index on shop.order_lines (tenant_id, product_id);
create table shop.events (tenant_id bigint not null references shop.tenants, at timestamptz not null default now(), what text,
  primary key (tenant_id, at)) partition by range (at);
create table shop.events_now partition of shop.events default;
create table shop.countries (code text primary key, name text not null);
create table shop.schema_migrations (version text primary key);
do $$ declare name text; begin
  foreach name in array array['users', 'products', 'orders', 'order_lines', 'events'] loop
    execute format('alter table shop.%I enable row level security', name);
    execute format('create policy own on shop.%I using (tenant_id = shop.tenant()) with check (tenant_id = shop.tenant())', name);
    execute format('grant select, insert, update, delete on shop.%I to :app', name);
  end loop;
end $$;
alter table shop.tenants enable row level security;
create policy own on shop.tenants for select using (id = (select shop.tenant()));
grant select on shop.tenants, shop.countries to :app;
create view shop.open_orders with (security_invoker = true) as select * from shop.orders where approved_by is null;
grant select on shop.open_orders to :app;
grant usage on schema shop to :app;
reset role;
insert into shop.tenants (name) values ('a'), ('b');
insert into shop.users (tenant_id, email) values (1, 'x@a'), (2, 'x@b');
insert into shop.products (tenant_id, sku) values (1, 'p'), (2, 'p');
insert into shop.orders (tenant_id, placed_by) values (1, 1), (2, 2);
insert into shop.order_lines values (1, 1, 1, 1), (2, 2, 1, 2);
insert into shop.events (tenant_id, what) values (1, 'x'), (2, 'y');
