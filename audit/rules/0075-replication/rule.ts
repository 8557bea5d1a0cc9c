import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 75,
  name: 'replication',
  severity: 'medium',
  part: 'schema',
  title: 'No logical slot and no subscription carries rows past the policies',
  sql: `
    select format('slot %I', slot_name) as object, 'hands every change of every company to whoever reads it' as message,
      format('select pg_drop_replication_slot(%L) -- where nobody needs it; else say who in a waiver', slot_name) as mend
    from pg_replication_slots
    where slot_type = 'logical' and database = current_database()
    union all
    select format('subscription %I', subname), 'writes rows that no policy of ours looked at',
      format('alter subscription %1$I disable; alter subscription %1$I set (slot_name = none); drop subscription %1$I', subname)
    from pg_subscription
    where subdbid = (select oid from pg_database where datname = current_database())`,
});
