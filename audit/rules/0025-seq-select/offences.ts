import { asOwner, defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a sequence that the app reads',
    sql: asOwner('create sequence numbers; grant select on sequence numbers to bulkhead_app'),
  },
]);
