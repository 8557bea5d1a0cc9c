import { actAs, attempt, barred, type Guarded, stageOf } from '../../act.ts';
import { type Auditor, defineRule, type Finding } from '../../rule.ts';
import { gapsOf } from '../../walk.ts';
import { type Check, checksOf } from './checks.ts';

export default defineRule({
  number: 57,
  name: 'no-context',
  severity: 'critical',
  part: 'leaks',
  title: 'Without a company set, requests see no rows and write none',
  check: async (auditor) => {
    const { roles, tables, tenants } = await stageOf(auditor);
    if (tables.length === 0)
      return { findings: [], inapplicable: 'No table has policies; rule 5 says which need some.' };
    if (roles.length === 0) return { findings: [], unchecked: 'no role is known that serves requests' };
    const checks = await checksOf(auditor);
    const findings: Finding[] = [];
    const gaps: (string | undefined)[] = [];
    for (const role of roles) {
      const bar = await barred(auditor, role);
      gaps.push(bar);
      if (bar !== undefined) continue;
      await actAs(auditor, role, async () => {
        for (const table of tables)
          if (table.readers.includes(role)) gaps.push(await read(auditor, role, table, findings));
        for (const check of checks) if (check.role === role) await write(auditor, check, tenants?.[0], findings);
      });
    }
    return { findings, ...gapsOf(gaps) };
  },
});

const mend = (name: string) => `-- mend the policies of ${name} (rules 26 to 28), or the function that they ask`;

/** An error is as good as no rows: nothing comes back. */
async function read(
  auditor: Auditor,
  role: string,
  { name }: Guarded,
  findings: Finding[],
): Promise<string | undefined> {
  const { value, error } = await attempt<boolean>(auditor, `select exists (select from ${name})`);
  if (value) findings.push({ object: name, message: `shows rows to ${role} where no tenant is set`, mend: mend(name) });
  return error?.code === '57014' ? `${name} took longer than 5 s` : undefined;
}

/** Whether a row would be let in is worked out from the policies' own conditions, so that nothing is written. */
async function write(
  auditor: Auditor,
  { name, role, row, alias, condition }: Check,
  tenant: string | undefined,
  findings: Finding[],
) {
  const sql = `select coalesce((${condition}), false) from (${row}) ${alias}`;
  for (const [value, whose] of [
    [null, 'no tenant'],
    ...(tenant === undefined ? [] : [[tenant, 'any tenant'] as const]),
  ] as const) {
    const { value: passes } = await attempt<boolean>(auditor, sql, [value]);
    if (!passes) continue;
    findings.push({
      object: name,
      message: `lets ${role} write rows of ${whose} where no tenant is set`,
      mend: mend(name),
    });
    return;
  }
}
