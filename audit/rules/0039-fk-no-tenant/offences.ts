import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a plain foreign key',
    sql: `alter table contacts add unique (id);
      alter table deals add foreign key (contact_id) references contacts (id)`,
    also: [41, 77],
  },
]);
