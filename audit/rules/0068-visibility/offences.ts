import { defineOffences } from '../../mutation/offence.ts';

const seenWhere = (table: string, condition: string) => `drop policy visibility on ${table};
  create policy visibility on ${table} as restrictive to bulkhead_app using (${condition}) with check (${condition})`;

export default defineOffences([
  { what: 'no visibility of private records', sql: 'drop policy visibility on contacts' },
  {
    what: 'a visibility that names what is private and lets it through',
    sql: seenWhere('contacts', 'private_to is null or private_to is not null'),
  },
  {
    what: 'a visibility by somebody else than the owner',
    sql: seenWhere('deals', 'app.sees(coalesce(owner_id, app.uid()), private_to)'),
  },
  { what: 'sessions that everybody sees', sql: seenWhere('sessions', 'true') },
  { what: 'imports of colleagues that everybody sees', sql: 'drop policy visibility on imports' },
]);
