import { defineRule, type Finding } from '../../rule.ts';

interface Key {
  child: string;
  parent: string;
  name: string;
  tenant: string;
  pairs: [child: string, parent: string][];
  optional: string | null;
}

export default defineRule({
  number: 36,
  name: 'cross-ref',
  severity: 'critical',
  part: 'leaks',
  title: 'Every row points at rows of its own company, whatever the constraint says of itself',
  check: async ({ client, facts }) => {
    const keys = await facts<Key>(`
      select e.child_name as child, e.parent_name as parent, e.conname as name, quote_ident(tenant_column) as tenant,
        (select json_agg(json_build_array(quote_ident(a.attname), quote_ident(b.attname)))
         from unnest(e.conkey, e.confkey) u (x, y)
         join pg_attribute a on a.attrelid = e.child and a.attnum = u.x
         join pg_attribute b on b.attrelid = e.parent and b.attnum = u.y
         where a.attname <> tenant_column) as pairs,
        (select quote_ident(min(a.attname)) from unnest(e.conkey) x
         join pg_attribute a on a.attrelid = e.child and a.attnum = x where not a.attnotnull) as optional
      from edges e
      cross join subject
      join owned p on p.oid = e.parent
      where has_table_privilege(e.child, 'select') and has_table_privilege(e.parent, 'select')
      order by e.child_name, e.conname`);
    const findings: Finding[] = [];
    for (const { child, parent, name, tenant, pairs, optional } of keys) {
      if (pairs === null) continue;
      const same = pairs.map(([c, p]) => `p.${p} = c.${c}`).join(' and ');
      const stray = `${pairs.map(([c]) => `c.${c} is not null`).join(' and ')}
        and not exists (select from ${parent} p where p.${tenant} = c.${tenant} and ${same})`;
      const { rows } = await client.query<{ count: string }>(`select count(*) from ${child} c where ${stray}`);
      const count = rows[0]?.count ?? '0';
      if (count === '0') continue;
      findings.push({
        object: `${child}: ${name}`,
        message: `${count} rows point at no row of their own company`,
        mend:
          optional === null
            ? `delete from ${child} c where ${stray}`
            : `update ${child} c set ${optional} = null where ${stray}`,
      });
    }
    return findings;
  },
});
