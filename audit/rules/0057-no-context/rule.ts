import { able, actAs, attempt, type Guarded, stageOf } from '../../act.ts';
import { type Auditor, defineRule, type Finding } from '../../rule.ts';
import { gapsOf } from '../../walk.ts';
import { type Check, checksOf, letsIn, mendPolicies } from './checks.ts';

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
    for await (const role of able(auditor, roles, gaps)) {
      await actAs(auditor, role, async () => {
        for (const table of tables)
          if (table.readers.includes(role)) gaps.push(await read(auditor, role, table, findings));
        for (const check of checks) if (check.role === role) await write(auditor, check, tenants?.[0], findings);
      });
    }
    return { findings, ...gapsOf(gaps) };
  },
});

/** An error is as good as no rows: nothing comes back. */
async function read(
  auditor: Auditor,
  role: string,
  { name }: Guarded,
  findings: Finding[],
): Promise<string | undefined> {
  const { value, error } = await attempt<boolean>(auditor, `select exists (select from ${name})`);
  if (value)
    findings.push({ object: name, message: `shows rows to ${role} where no tenant is set`, mend: mendPolicies(name) });
  return error?.code === '57014' ? `${name} took longer than 5 s` : undefined;
}

async function write(auditor: Auditor, check: Check, tenant: string | undefined, findings: Finding[]): Promise<void> {
  const { name, role } = check;
  const whose = (await letsIn(auditor, check, null))
    ? 'no tenant'
    : tenant !== undefined && (await letsIn(auditor, check, tenant))
      ? 'any tenant'
      : undefined;
  if (whose === undefined) return;
  const message = `lets ${role} write rows of ${whose} where no tenant is set`;
  findings.push({ object: name, message, mend: mendPolicies(name) });
}
