import type { Subject } from '../../rule.ts';

/** A slip in the sound shop, which the rules of these numbers must see, and no others. */
export interface Slip {
  what: string;
  sql: string;
  red: number[];
  /** What a person said of the database, besides what is found. */
  promise?: Partial<Subject>;
  /** What is still true after the mends: a condition in SQL. */
  holds?: string;
  /** Only a person can put it right, so that the mend is a comment, or more than one statement's work. */
  byPerson?: true;
}

/** What goes wrong in databases that are not Bulkhead's; `:app` is the role that serves requests, `:owner` the owner. */
export const slips: Slip[] = [
  {
    what: 'a table of which nothing tells whose its rows are',
    sql: 'create table shop.letters (id bigint generated always as identity primary key, body text); grant select on shop.letters to :app',
    red: [1],
    byPerson: true,
  },
  {
    what: 'a partition of a partition that is readable by its own name',
    sql: `create table shop.events_old partition of shop.events for values from ('2020-01-01') to ('2021-01-01') partition by range (at);
      create table shop.events_old_1 partition of shop.events_old default;
      alter table shop.events_old enable row level security; grant select on shop.events_old_1 to :app`,
    red: [6],
  },
  {
    what: 'a partition with a wider policy of its own',
    sql: `alter table shop.events_now enable row level security; create policy all_of_it on shop.events_now using (true); grant select on shop.events_now to :app`,
    red: [6],
  },
  {
    what: 'a view of its owner through which requests only write',
    sql: 'create view shop.inbox as select * from shop.orders; grant insert, delete on shop.inbox to :app',
    red: [7],
  },
  {
    what: 'a materialised view of what all tenants ordered',
    sql: 'create materialized view shop.totals as select tenant_id, count(*) from shop.orders group by 1; grant select on shop.totals to :app',
    red: [8],
  },
  {
    what: 'a group that may make roles',
    sql: 'create role shop_admins createrole; grant shop_admins to :app',
    red: [13],
  },
  {
    what: 'a function of the policies that requests may replace',
    sql: 'alter function shop.tenant() owner to :app',
    red: [14],
    byPerson: true,
  },
  {
    what: 'a group through which requests may truncate',
    sql: 'create role shop_writers; grant truncate on shop.orders to shop_writers; grant shop_writers to :app',
    red: [15],
  },
  {
    what: 'rights that requests may hand on',
    sql: 'grant select on shop.orders to :app with grant option',
    red: [15],
  },
  {
    what: 'a function that always works for one tenant',
    sql: `create function shop.report() returns bigint language sql stable set shop.tenant = '1' as 'select count(*) from shop.orders'`,
    red: [22],
  },
  {
    what: 'a tenant function in standard SQL that is immutable',
    sql: `create or replace function shop.tenant() returns bigint language sql immutable parallel safe
      begin atomic select nullif(current_setting('shop.tenant', true), '')::bigint; end`,
    red: [30],
  },
  {
    what: 'a policy that lets unknown tenants see the first one',
    sql: `create or replace function shop.tenant() returns bigint language sql stable parallel safe
      as $$ select coalesce(nullif(current_setting('shop.tenant', true), '')::bigint, 1) $$`,
    red: [57, 58],
    byPerson: true,
  },
  {
    what: 'a table that is global only by its name',
    sql: `create table shop.favourites (id bigint generated always as identity primary key, tenant bigint, product bigint,
        foreign key (tenant, product) references shop.products (tenant_id, id));
      grant select, insert on shop.favourites to :app`,
    red: [72],
  },
  {
    what: 'members whom requests may add, asked by a policy',
    sql: `create table shop.favourites (tenant bigint, member text);
      grant select, insert on shop.favourites to :app;
      create policy members on shop.products as restrictive using (exists (select from shop.favourites f where f.tenant = tenant_id and f.member = current_user))`,
    red: [73],
  },
  {
    what: 'a policy whose function reads a table by its bare name',
    sql: `set local check_function_bodies = off;
      create function shop.known(who bigint) returns boolean language sql stable parallel safe as 'select exists (select from users where id = who)';
      create policy known on shop.orders as restrictive using (shop.known(placed_by))`,
    red: [74],
    byPerson: true,
  },
  {
    what: 'tables that are open before they have policies',
    sql: 'alter default privileges for role :owner in schema shop grant select, insert on tables to :app',
    red: [76],
  },
  {
    what: 'a foreign key without an index',
    sql: `alter table shop.users add column boss bigint;
      alter table shop.users add foreign key (tenant_id, boss) references shop.users (tenant_id, id)`,
    red: [77],
  },
  {
    what: 'a column of numbers that somebody calls ids, and nobody says of what',
    sql: 'alter table shop.orders add column paid_with_id bigint',
    red: [37],
    byPerson: true,
  },
  {
    what: 'an id of another tenant in a column of numbers',
    sql: `alter table shop.orders add column paid_with_id bigint;
      insert into shop.products overriding system value values (1, 9, 'only of the first');
      update shop.orders set paid_with_id = 9 where tenant_id = 2`,
    promise: { softReferences: [{ table: 'shop.orders', column: 'paid_with_id', references: 'shop.products' }] },
    red: [37],
    byPerson: true,
  },
  {
    what: 'a floor that only readers stand on',
    sql: `drop policy own on shop.products; create policy all_in on shop.products using (true) with check (true);
      create policy floor on shop.products as restrictive for select using (tenant_id = shop.tenant())`,
    red: [26, 28, 57, 71],
  },
  {
    what: 'a floor for another role',
    sql: `alter policy own on shop.products using (sku <> 'hidden') with check (sku <> 'hidden');
      create policy floor on shop.products as restrictive to :owner using (tenant_id = shop.tenant())`,
    red: [26, 28, 57, 58, 71],
    holds: `(select pg_get_expr(polqual, polrelid) like '%hidden%' from pg_policy where polname = 'own' and polrelid = 'shop.products'::regclass)`,
  },
  {
    what: 'a plain foreign key that does more than point',
    sql: `alter table shop.products add unique (id); alter table shop.orders add column gift bigint;
      alter table shop.orders add constraint gift foreign key (gift) references shop.products (id) on update cascade on delete set null deferrable`,
    red: [39, 77],
    holds: `(select pg_get_constraintdef(oid) ~ 'ON UPDATE CASCADE ON DELETE SET NULL [(]gift[)] DEFERRABLE' from pg_constraint
      where conrelid = 'shop.orders'::regclass and contype = 'f' and pg_get_constraintdef(oid) like '%gift%')`,
  },
  {
    what: 'a unique key over all tenants that foreign keys depend on',
    sql: `update shop.products set sku = 'q' where tenant_id = 2; alter table shop.products add constraint one_sku unique (sku); create table shop.labels (tenant_id bigint not null references shop.tenants,
        id bigint generated always as identity, sku text references shop.products (sku), primary key (tenant_id, id));
      create index on shop.labels (sku); alter table shop.labels enable row level security; create policy own on shop.labels using (tenant_id = shop.tenant());
      grant select on shop.labels to :app`,
    red: [39, 41],
    holds: `exists (select from pg_constraint where conrelid = 'shop.labels'::regclass and confrelid = 'shop.products'::regclass)`,
  },
];
