import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'a publication of everything', sql: 'create publication everything for all tables' },
  { what: 'a publication of one table', sql: 'create publication contacts for table contacts' },
]);
