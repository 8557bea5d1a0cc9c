import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  { what: "the right to change a row's company", sql: 'grant update (company_id) on contacts to bulkhead_app' },
  { what: "the right to choose a row's id", sql: 'grant insert (id) on contacts to bulkhead_app' },
  { what: 'the right to write every column', sql: 'grant update on contacts to bulkhead_app' },
]);
