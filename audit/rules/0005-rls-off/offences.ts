import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'row-level security off', sql: 'alter table contacts disable row level security' },
  { what: 'row-level security not forced', sql: 'alter table deals no force row level security' },
  { what: 'row-level security of the companies off', sql: 'alter table companies disable row level security' },
]);
