import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a circle of foreign keys',
    sql: `alter table users add column favourite uuid;
      alter table users add constraint closing foreign key (company_id, favourite) references contacts (company_id, id)`,
    also: [77],
  },
]);
