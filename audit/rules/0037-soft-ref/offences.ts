import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'an id of another company in a column without a foreign key',
    sql: `insert into idempotency_keys (company_id, user_id, key, request_hash, made_id)
      select u.company_id, u.id, 'offence', '', (select c.id from contacts c where c.company_id <> u.company_id limit 1)
      from users u limit 1`,
    byPerson: true,
  },
]);
