import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: 'no guard against switching policies off', sql: 'drop event trigger guard_isolation' },
  { what: 'a guard that sleeps', sql: 'alter event trigger guard_policies disable' },
]);
