import { asOwner, defineOffences } from '../../mutation/offence.ts';

const all = `returns setof public.contacts language sql stable security definer
  set search_path = pg_catalog, public, pg_temp as 'select * from public.contacts'`;

export default defineOffences([
  {
    what: 'a copy of contacts in a schema that is left out',
    sql: `create table migrations.contacts_before as select * from contacts; grant usage on schema migrations to bulkhead_app;
      grant select on migrations.contacts_before to bulkhead_app`,
  },
  {
    what: 'a schema that is left out, and that the app may use',
    sql: 'grant usage on schema migrations to bulkhead_app',
  },
  {
    what: 'a definer function in a schema that is left out',
    sql: `create function migrations.everybody() ${all}; revoke execute on function migrations.everybody from public;
      grant execute on function migrations.everybody to bulkhead_app`,
  },
  {
    what: 'a definer function among the standard’s views',
    sql: `create function information_schema.everybody() ${all}`,
  },
  {
    what: 'a view among the standard’s, of every contact',
    sql: `create view information_schema.everybody as select * from contacts; grant select on information_schema.everybody to bulkhead_app`,
  },
  {
    what: 'a table that went into an extension',
    sql: `${asOwner('create table strays as select * from contacts; grant select on strays to bulkhead_app')};
      alter extension pg_trgm add table strays`,
  },
  {
    what: 'a definer function that went into an extension',
    sql: `create function public.everybody() ${all}; grant execute on function public.everybody to bulkhead_app;
      alter extension pg_trgm add function public.everybody()`,
  },
]);
