import { defineRule, type Finding } from '../../rule.ts';
import { gapsOf, walk } from '../../walk.ts';

interface Key {
  child: string;
  parent: string;
  name: string;
  childTenant: string;
  parentTenant: string;
  visible: boolean;
  /** With the operator by which the foreign key compares: `=` by name would be another for types of extensions. */
  pairs: [child: string, parent: string, equals: string][];
  optional: string | null;
}

export default defineRule({
  number: 36,
  name: 'cross-ref',
  severity: 'critical',
  part: 'leaks',
  title: 'Every row points at rows of its own company, whatever the constraint says of itself',
  check: async (auditor) => {
    const keys = await auditor.facts<Key>(`
      select e.child_name as child, e.parent_name as parent, e.conname as name,
        quote_ident(e.child_tenant) as "childTenant", quote_ident(e.parent_tenant) as "parentTenant", e.visible,
        (select json_agg(json_build_array(quote_ident(a.attname), quote_ident(b.attname), format('operator(%I.%s)', n.nspname, o.oprname)))
         from pg_constraint k
         cross join unnest(k.conkey, k.confkey, k.conpfeqop) u (x, y, equals)
         join pg_attribute a on a.attrelid = e.child and a.attnum = u.x
         join pg_attribute b on b.attrelid = e.parent and b.attnum = u.y
         join pg_operator o on o.oid = u.equals
         join pg_namespace n on n.oid = o.oprnamespace
         where k.oid = e.oid and a.attname <> e.child_tenant) as pairs,
        (select quote_ident(min(a.attname)) from unnest(e.conkey) x
         join pg_attribute a on a.attrelid = e.child and a.attnum = x where not a.attnotnull and a.attname <> e.child_tenant) as optional
      from edges e
      join owned p on p.oid = e.parent and not p.is_tenants
      order by e.child_name, e.conname`);
    const findings: Finding[] = [];
    const gaps: (string | undefined)[] = [];
    for (const { child, parent, name, childTenant, parentTenant, pairs, optional, visible } of keys) {
      if (pairs === null) continue;
      if (!visible) {
        gaps.push(`${child} or ${parent} is hidden from the auditor`);
        continue;
      }
      const same = pairs.map(([c, p, equals]) => `p.${p} ${equals} t.${c}`).join(' and ');
      const stray = `${pairs.map(([c]) => `t.${c} is not null`).join(' and ')}
        and not exists (select from ${parent} p where p.${parentTenant} = t.${childTenant} and ${same})`;
      const check = `cross-ref ${child} ${name}`;
      const { counts, gap } = await walk(auditor, { check, table: child, count: [stray] });
      gaps.push(gap);
      const [count = 0] = counts;
      if (count === 0) continue;
      findings.push({
        object: `${child}: ${name}`,
        message: `${count} rows point at no row of their own company`,
        mend:
          optional === null
            ? `delete from ${child} t where ${stray}`
            : `update ${child} t set ${optional} = null where ${stray}`,
      });
    }
    return { findings, ...gapsOf(gaps) };
  },
});
