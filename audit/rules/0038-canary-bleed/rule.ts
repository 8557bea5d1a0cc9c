import { defineRule, type Finding } from '../../rule.ts';
import { gapsOf, walk } from '../../walk.ts';

interface Table {
  name: string;
  tenant: string | null;
  visible: boolean;
}

export default defineRule({
  number: 38,
  name: 'canary-bleed',
  severity: 'critical',
  part: 'leaks',
  title: "What was planted in one company's rows is in no other's",
  check: async (auditor) => {
    const planted = Object.entries(auditor.subject.canaries ?? {});
    if (planted.length === 0) {
      return {
        findings: [],
        inapplicable:
          'No canaries were planted: put a text of its own into rows of two tenants and name them as "canaries".',
      };
    }
    const tables = await auditor.facts<Table>(`
      select name, case when kind <> 'global' then quote_ident(tenant_name) end as tenant, visible from tables where not is_tenants order by name`);
    const findings: Finding[] = [];
    const gaps: (string | undefined)[] = [];
    const { client } = auditor;
    for (const { name, tenant, visible } of tables) {
      if (!visible) {
        gaps.push(`${name} is hidden from the auditor`);
        continue;
      }
      const strays = planted.map(([whose, texts]) => {
        const found = texts.map((text) => `strpos(t::text, ${client.escapeLiteral(text)}) > 0`).join(' or ');
        return `${tenant === null ? '' : `t.${tenant}::text is distinct from ${client.escapeLiteral(whose)} and `}(${found})`;
      });
      const { counts, gap } = await walk(auditor, { check: `canary-bleed ${name}`, table: name, count: strays });
      gaps.push(gap);
      for (const [i, [whose]] of planted.entries()) {
        if (!counts[i]) continue;
        findings.push({
          object: name,
          message: `${counts[i]} rows that are not ${whose}'s hold what was planted there`,
          mend: `-- select * from ${name} t where ${strays[i]}`,
        });
      }
    }
    return { findings, ...gapsOf(gaps) };
  },
});
