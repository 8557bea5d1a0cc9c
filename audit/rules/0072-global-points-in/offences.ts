import { asOwner, defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a global table of favourites',
    sql: `alter table contacts add unique (id);
      ${asOwner(`create table favourites (id uuid primary key default app.uuid7(), contact_id uuid references contacts (id));
        grant select, insert on favourites to bulkhead_app`)}`,
    promise: { tables: { favourites: 'global' } },
    also: [41, 67],
  },
]);
