import { asOwner, defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a global table of favourites',
    sql: asOwner(`create table favourites (id uuid primary key default app.uuid7(), whose uuid, contact_id uuid,
        foreign key (whose, contact_id) references contacts (company_id, id));
      grant select, insert on favourites to bulkhead_app`),
    promise: { tables: { favourites: 'global' } },
    also: [67],
  },
]);
