import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 64,
  name: 'identity-bigint',
  severity: 'medium',
  part: 'keys',
  title: 'Identity and serial columns are bigint',
  houseOnly: "It is Bulkhead's own form, and not a matter of isolation.",
  sql: `
    select format('%s.%I', t.name, a.attname) as object, format('counts in %s', format_type(a.atttypid, null)) as message,
      format('alter table %s alter column %I type bigint', t.name, a.attname) as mend
    from tables t
    join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
    where (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval(%') and a.atttypid <> 'bigint'::regtype`,
});
