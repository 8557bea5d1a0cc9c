import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 61,
  name: 'set-null',
  severity: 'medium',
  part: 'keys',
  title: 'No foreign key sets null or default when its parent goes',
  houseOnly: "It matters only for tables that are distributed by tenant, as Bulkhead's may be.",
  sql: String.raw`
    select format('%s: %s', e.child_name, e.conname) as object, 'cannot be kept when tables are distributed by company' as message,
      format('alter table %s drop constraint %I; alter table %s add constraint %I %s', e.child_name, e.conname, e.child_name, e.conname,
        regexp_replace(e.definition, ' ON DELETE SET (NULL|DEFAULT)( \([^)]*\))?', '')) as mend
    from edges e
    where e.confdeltype in ('n', 'd')`,
});
