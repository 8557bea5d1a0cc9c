import { asOwner, defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a view that reads with the rights of its owner',
    sql: asOwner('create view everybody as select * from contacts; grant select on everybody to bulkhead_app'),
  },
]);
