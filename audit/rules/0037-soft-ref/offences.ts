import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'an id of another company inside JSON',
    sql: `update contacts c set custom_fields = jsonb_build_object('friend', (select o.id from contacts o where o.company_id <> c.company_id limit 1))
      where id = (select id from contacts limit 1)`,
    byPerson: true,
  },
]);
