import { defineOffences, leaked } from '../../mutation/offence.ts';

const declared = { leaked: 'company' } as const;

export default defineOffences([
  { what: 'a table without a company', sql: leaked('id uuid primary key'), promise: { tables: declared } },
]);
