import { defineOffences, leaked } from '../../mutation/offence.ts';

const declared = { leaked: 'company' } as const;

export default defineOffences([
  {
    what: 'a company that is text',
    sql: leaked(
      'company_id text not null default app.cid()::text, id uuid not null, primary key (company_id, id)',
      `alter table leaked enable row level security; alter table leaked force row level security;
      create policy tenant on leaked to bulkhead_app using (company_id = app.cid()::text);
      create policy tenant_floor on leaked as restrictive to bulkhead_app using (company_id = app.cid()::text)`,
    ),
    promise: { tables: declared },
    also: [4, 26],
  },
]);
