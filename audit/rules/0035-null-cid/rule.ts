import { defineRule, type Finding } from '../../rule.ts';
import { gapsOf, walk } from '../../walk.ts';

interface Table {
  name: string;
  tenant: string;
  companies: string | null;
  key: string;
  alike: boolean;
  visible: boolean;
}

export default defineRule({
  number: 35,
  name: 'null-cid',
  severity: 'critical',
  part: 'data',
  title: 'Every row belongs to a company that exists',
  check: async (auditor) => {
    const tables = await auditor.facts<Table>(`
      select o.name, quote_ident(o.tenant_name) as tenant, quote_ident(tenant_key) as key, t.name as companies,
        coalesce(k.atttypid = o.tenant_type, true) as alike, o.visible and coalesce(t.visible, true) as visible
      from owned o
      cross join subject
      left join tables t on t.is_tenants
      left join pg_attribute k on k.attrelid = t.oid and k.attname = tenant_key
      order by o.name`);
    const findings: Finding[] = [];
    const gaps: (string | undefined)[] = [];
    for (const { name, tenant, companies, key, alike, visible } of tables) {
      if (!visible) {
        gaps.push(`${name} is hidden from the auditor`);
        continue;
      }
      // Compared as text, which no index serves, only where the types differ.
      const cast = alike ? '' : '::text';
      const orphans =
        companies === null
          ? 'false'
          : `not exists (select from ${companies} k where k.${key}${cast} = t.${tenant}${cast})`;
      const { counts, gap } = await walk(auditor, {
        check: `null-cid ${name}`,
        table: name,
        count: [`t.${tenant} is null`, `t.${tenant} is not null and ${orphans}`],
      });
      gaps.push(gap);
      const [unowned = 0, orphaned = 0] = counts;
      // Which company they belong to only a person can tell; nobody can reach them meanwhile.
      if (unowned > 0) {
        findings.push({
          object: name,
          message: `${unowned} rows belong to no company`,
          mend: `delete from ${name} where ${tenant} is null -- after a look at what they were`,
        });
      }
      if (orphaned > 0) {
        findings.push({
          object: name,
          message: `${orphaned} rows belong to a company that is not there`,
          mend: `delete from ${name} t where t.${tenant} is not null and ${orphans} -- after a look at what they were`,
        });
      }
    }
    return { findings, ...gapsOf(gaps) };
  },
});
