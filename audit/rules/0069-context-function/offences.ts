import { asOwner, defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a company with a fallback',
    sql: asOwner(`create or replace function app.cid() returns uuid language sql stable parallel safe
      as $$ select coalesce(nullif(current_setting('app.company_id', true), ''), '00000000-0000-7000-8000-000000000001')::uuid $$`),
    also: [78],
  },
]);
