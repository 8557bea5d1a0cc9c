import { asOwner, defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a policy whose function reads a table by its bare name',
    sql: asOwner(`create function app.is_colleague(company uuid) returns boolean language sql stable parallel safe
        as 'select exists (select from users u where u.company_id = $1 and u.id = app.uid())';
      create policy colleagues on notes as restrictive to bulkhead_app using (app.is_colleague(company_id)) with check (app.is_colleague(company_id))`),
    also: [78],
    byPerson: true,
  },
]);
