import { able, actAs, attempt, castOf, stageOf } from '../../act.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { gapsOf } from '../../walk.ts';
import { checksOf, letsIn, mendPolicies } from '../0057-no-context/checks.ts';

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
    for await (const role of able(auditor, roles, gaps)) {
      await actAs(auditor, role, async () => {
        await auditor.client.query(context, [tenants[0]]);
        for (const { name, tenant, type, readers } of tables) {
          if (!readers.includes(role)) continue;
          // An index that begins with the tenant tells these by its bounds alone, without a look at the tenant's own rows.
          const others = [`< $1::text::${type}`, `> $1::text::${type}`, 'is null'].map(
            (other) => `exists (select from ${name} t where t.${tenant} ${other})`,
          );
          const sql = `select ${others.join(' or ')}`;
          const { value, error } = await attempt<boolean>(auditor, sql, [tenants[0]]);
          if (error?.code === '57014') gaps.push(`${name} took longer than 5 s`);
          if (error?.code === '42883') gaps.push(`tenants of ${name} have no order`);
          if (!value) continue;
          findings.push({
            object: name,
            message: `shows ${role} rows of other tenants where one is set`,
            mend: mendPolicies(name),
          });
        }
        for (const check of checks.filter((one) => one.role === role)) {
          if (!(await letsIn(auditor, check, tenants[1]))) continue;
          const { name } = check;
          findings.push({
            object: name,
            message: `lets ${role} write rows of other tenants where one is set`,
            mend: mendPolicies(name),
          });
        }
      });
    }
    return { findings, ...gapsOf(gaps) };
  },
});
