import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'rows without a company, in a table whose company may be null',
    sql: `alter table saved_views drop constraint saved_views_pkey;
      alter table saved_views alter column company_id drop not null;
      set local session_replication_role = replica;
      insert into saved_views (company_id, id, resource, name, owner_id) values (null, app.uuid7(), 'deals', 'x', app.uuid7());
      set local session_replication_role = origin`,
    also: [35, 36, 65],
  },
]);
