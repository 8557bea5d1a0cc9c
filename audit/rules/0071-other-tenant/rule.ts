import { actAs, attempt, barred, castOf, stageOf } from '../../act.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { gapsOf } from '../../walk.ts';
import { checksOf } from '../0057-no-context/checks.ts';

export default defineRule({
  number: 71,
  name: 'other-tenant',
  severity: 'critical',
  part: 'leaks',
  title: 'With one company set, requests see no row of another and write none',
  check: async (auditor) => {
    const stage = await stageOf(auditor);
    const cast = castOf(auditor, stage, 2);
    if (cast.look) return cast.look;
    const { roles, tables } = stage;
    const { context, tenants } = cast;
    const checks = await checksOf(auditor);
    const findings: Finding[] = [];
    const gaps: (string | undefined)[] = [];
    for (const role of roles) {
      const bar = await barred(auditor, role);
      gaps.push(bar);
      if (bar !== undefined) continue;
      await actAs(auditor, role, async () => {
        await auditor.client.query(context, [tenants[0]]);
        for (const { name, tenant, type, readers } of tables) {
          if (!readers.includes(role)) continue;
          const sql = `select exists (select from ${name} t where t.${tenant} is distinct from $1::text::${type})`;
          const { value, error } = await attempt<boolean>(auditor, sql, [tenants[0]]);
          if (error?.code === '57014') gaps.push(`${name} took longer than 5 s`);
          if (!value) continue;
          findings.push({
            object: name,
            message: `shows ${role} rows of other tenants where one is set`,
            mend: mend(name),
          });
        }
        for (const { name, alias, row, condition } of checks.filter((check) => check.role === role)) {
          const sql = `select coalesce((${condition}), false) from (${row}) ${alias}`;
          const { value } = await attempt<boolean>(auditor, sql, [tenants[1]]);
          if (!value) continue;
          findings.push({
            object: name,
            message: `lets ${role} write rows of other tenants where one is set`,
            mend: mend(name),
          });
        }
      });
    }
    return { findings, ...gapsOf(gaps) };
  },
});

const mend = (name: string) => `-- mend the policies of ${name} (rules 26 to 28), or the function that they ask`;
