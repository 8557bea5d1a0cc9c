import { defineOffences } from '../../mutation/offence.ts';

const open =
  'using (company_id = app.cid() or app.cid() is null) with check (company_id = app.cid() or app.cid() is null)';

export default defineOffences([
  {
    what: 'policies that open where no company is set',
    sql: `alter policy tenant on pipelines ${open}; alter policy tenant_floor on pipelines ${open}`,
    also: [26],
    byPerson: true,
  },
]);
