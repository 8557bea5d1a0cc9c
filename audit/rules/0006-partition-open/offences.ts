import { asOwner, defineOffences, leaked } from '../../mutation/offence.ts';

const key = `company_id uuid not null default app.cid() references companies (id) on delete cascade,
  id uuid not null default app.uuid7(), name text, primary key (company_id, id)`;

const declared = { leaked: 'company' } as const;

export default defineOffences([
  {
    what: 'a partition that is readable by its own name',
    sql: leaked(
      key,
      `drop table leaked; create table leaked (${key}) partition by hash (company_id); call app.own_by_company('leaked');
      create table leaked_0 partition of leaked for values with (modulus 1, remainder 0);
      grant select on leaked_0 to bulkhead_app`,
    ),
    promise: { tables: declared },
  },
  {
    what: 'a table that inherits from a guarded one and is not',
    sql: asOwner('create table contacts_old () inherits (contacts)'),
  },
]);
