import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
  {
    what: 'a foreign key that lost its index',
    sql: `do $$ declare doomed regclass; begin
      for doomed in select i.indexrelid from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
        where i.indrelid = 'public.activities'::regclass and a.attname = 'contact_id' and not i.indisunique
      loop execute format('drop index %s', doomed); end loop; end $$`,
  },
]);
