import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'policies that open where no company is set',
    sql: `alter policy tenant on pipelines using (company_id = app.cid() or app.cid() is null) with check (company_id = app.cid() or app.cid() is null);
      alter policy tenant_floor on pipelines using (company_id = app.cid() or app.cid() is null) with check (company_id = app.cid() or app.cid() is null)`,
    also: [26],
    byPerson: true,
  },
]);
