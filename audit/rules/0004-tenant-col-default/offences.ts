import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a constant company as the default',
    sql: `alter table contacts alter column company_id set default '00000000-0000-7000-8000-000000000001'`,
  },
  { what: 'no company as the default', sql: 'alter table contacts alter column company_id drop default' },
]);
