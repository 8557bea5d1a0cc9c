import { asOwner, defineOffences } from '../../mutation/offence.ts';

const members = `create table members (user_id uuid, company uuid); grant select, insert on members to bulkhead_app`;

export default defineOffences([
  {
    what: 'a policy that asks a table which requests may write',
    sql: asOwner(`${members};
      create policy members on notes as restrictive to bulkhead_app
        using (exists (select from members m where m.company = notes.company_id and m.user_id = app.uid()))
        with check (exists (select from members m where m.company = notes.company_id and m.user_id = app.uid()))`),
    promise: { tables: { members: 'global' } },
    also: [67],
  },
  {
    what: 'a policy that asks it through a function',
    sql: asOwner(`${members};
      create function app.is_member(company uuid) returns boolean language sql stable parallel safe
        as 'select exists (select from public.members m where m.company = $1 and m.user_id = app.uid())';
      create policy members on notes as restrictive to bulkhead_app using (app.is_member(company_id)) with check (app.is_member(company_id))`),
    promise: { tables: { members: 'global' } },
    also: [67, 78],
    byPerson: true,
  },
]);
