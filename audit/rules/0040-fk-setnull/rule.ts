import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 40,
  name: 'fk-setnull',
  severity: 'high',
  part: 'keys',
  title: 'No foreign key empties the company column',
  sql: `
    select format('%s: %s', e.child_name, e.conname) as object, 'deleting the parent empties the company of its children' as message,
      format('alter table %s drop constraint %I; alter table %s add constraint %I %s', e.child_name, e.conname, e.child_name, e.conname,
        regexp_replace(e.definition, ' ON DELETE SET (NULL|DEFAULT)', '')) as mend
    from edges e
    where e.confdeltype in ('n', 'd') and e.carries_tenant and e.confdelsetcols is null`,
});
