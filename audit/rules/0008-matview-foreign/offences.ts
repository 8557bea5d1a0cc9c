import { asOwner, defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a materialised view of all companies',
    sql: asOwner(
      'create materialized view everybody as select * from contacts; grant select on everybody to bulkhead_app',
    ),
  },
]);
