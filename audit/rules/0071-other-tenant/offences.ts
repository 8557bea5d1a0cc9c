import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a lookup that lets every company through',
    sql: `alter policy tenant on users using (company_id in (select id from companies) or app.cid() is not null);
      alter policy tenant_floor on users using (app.cid() is not null) with check (company_id = app.cid())`,
    also: [26, 28],
    byPerson: true,
  },
  {
    what: 'checks that take a row of any company',
    sql: `alter policy tenant on tags with check (app.cid() is not null);
      alter policy tenant_floor on tags with check (app.cid() is not null)`,
    also: [28],
  },
]);
