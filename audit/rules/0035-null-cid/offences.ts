import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'an orphaned row',
    sql: `alter table tags drop constraint tags_company_id_fkey; alter table tags disable trigger audit;
      insert into tags (company_id, name) values (app.uuid7(), 'x'); alter table tags enable trigger audit`,
  },
]);
