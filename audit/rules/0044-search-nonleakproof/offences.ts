import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a search index that nothing can use',
    sql: 'create index everybody on custom_field_definitions using gin (company_id, label gin_trgm_ops)',
  },
]);
