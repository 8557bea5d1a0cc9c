import { asOwner, defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a company that is remembered',
    sql: asOwner(`create or replace function app.cid() returns uuid language sql stable parallel safe as $$
      select coalesce(nullif(current_setting('app.company_id', true), ''), nullif(current_setting('app.last', true), ''))::uuid $$`),
    promise: { context: `select set_config('app.company_id', $1, true), set_config('app.last', $1, false)` },
    also: [69, 78],
    byPerson: true,
  },
]);
