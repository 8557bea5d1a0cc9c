import { defineRule, type Finding } from '../../rule.ts';
import { gapsOf } from '../../walk.ts';
import { givenReferences } from './given.ts';
import { ownersOf } from './owners.ts';
import { mentionsIn, sources } from './sources.ts';

export default defineRule({
  number: 37,
  name: 'soft-ref',
  severity: 'high',
  part: 'leaks',
  title: "No id without a foreign key names another company's row",
  check: async (auditor) => {
    const gaps: (string | undefined)[] = [];
    const uses = [];
    for (const source of await sources(auditor)) {
      const { mentions, gap } = await mentionsIn(auditor, source);
      gaps.push(gap);
      uses.push(...mentions);
    }
    const owners = await ownersOf(auditor, [...new Set(uses.map(({ id }) => id))], gaps);
    const strays = new Map<string, { example: string; count: number; table: string; column: string; target: string }>();
    for (const { table, column, tenant, id } of uses) {
      for (const { name: target, tenants } of owners.get(id) ?? []) {
        if (tenants.includes(tenant)) continue;
        const key = `${table}.${column} ${target}`;
        const stray = strays.get(key) ?? { example: id, count: 0, table, column, target };
        strays.set(key, { ...stray, count: stray.count + 1 });
      }
    }
    const findings: Finding[] = [...strays.values()].map(({ table, column, target, count, example }) => ({
      object: `${table}.${column}`,
      message: `${count} ids in it are of rows of ${target} of another tenant`,
      mend: `-- select * from ${table} where ${column}::text like '%${example}%'`,
    }));
    await givenReferences(auditor, findings, gaps);
    return { findings, ...gapsOf(gaps) };
  },
});
