import { defineOffences, leaked } from '../../mutation/offence.ts';

const key = `company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(), name text, primary key (company_id, id)`;

const declared = { leaked: 'company' } as const;

export default defineOffences([
  { what: 'a table that nobody declared', sql: leaked(key, `call app.own_by_company('leaked')`), byPerson: true },
  {
    what: 'a child of a table in a schema that is left out',
    sql: `create table migrations.parent (id uuid primary key, note text);
      create table kept () inherits (migrations.parent); alter table kept add primary key (id);
      alter table kept owner to bulkhead_owner; grant select on kept to bulkhead_app, bulkhead_auditor`,
    also: [1, 67],
    byPerson: true,
  },
  { what: 'a declared table that is not there', sql: 'select', promise: { tables: declared }, byPerson: true },
]);
