import { able, actAs, attempt, castOf, stageOf } from '../../act.ts';
import { type Auditor, defineRule, type Finding } from '../../rule.ts';
import { gapsOf } from '../../walk.ts';

const endings = ['commit', 'error', 'cancel'] as const;
/** So many tables tell what the others would. */
const enough = 20;

export default defineRule({
  number: 58,
  name: 'context-leak',
  severity: 'critical',
  part: 'leaks',
  title: 'A company set for one transaction is gone with it, however it ends',
  check: async (auditor) => {
    const stage = await stageOf(auditor);
    const cast = castOf(auditor, stage, 1);
    if (cast.look) return cast.look;
    const { roles, tables } = stage;
    const { tenants } = cast;
    const findings: Finding[] = [];
    const gaps: (string | undefined)[] = [];
    for await (const role of able(auditor, roles, gaps)) {
      const mine = tables.filter(({ readers }) => readers.includes(role)).map(({ name }) => name);
      if (mine.length === 0) continue;
      // What is seen with the tenant set is the control: only there can something be left.
      const shown = await seen(auditor, role, mine, () => set(auditor, tenants[0]));
      for (const ending of endings) {
        await end(auditor, role, tenants[0], ending);
        const left = await seen(auditor, role, shown.slice(0, enough));
        if (left.length === 0) continue;
        findings.push({
          object: role,
          message: `still sees rows of ${left.join(', ')} on the same connection after ${ending}`,
          mend: '-- set the tenant with set_config(..., true), and read nothing else in the function that tells it',
        });
        break;
      }
      if (auditor.breathe) await auditor.breathe();
    }
    return { findings, ...gapsOf(gaps) };
  },
});

const set = ({ client, subject }: Auditor, tenant: string | undefined) => client.query(subject.context ?? '', [tenant]);

async function seen(
  auditor: Auditor,
  role: string,
  tables: string[],
  before?: () => Promise<unknown>,
): Promise<string[]> {
  return actAs(auditor, role, async () => {
    await before?.();
    const found: string[] = [];
    for (const name of tables) {
      const { value } = await attempt<boolean>(auditor, `select exists (select from ${name})`);
      if (value) found.push(name);
    }
    return found;
  });
}

/** Sets the tenant as a request does, and ends the transaction in one of three ways. */
async function end(
  auditor: Auditor,
  role: string,
  tenant: string | undefined,
  how: (typeof endings)[number],
): Promise<void> {
  const { client, breathe, subject } = auditor;
  const broken = {
    commit: 'select 1',
    error: 'select 1 / 0',
    cancel: `set local statement_timeout = 20; select pg_sleep(5)`,
  }[how];
  if (breathe === undefined) {
    // In somebody's transaction: what commit leaves of a local setting is the empty text.
    await client.query('savepoint ending');
    await set(auditor, tenant);
    if (how !== 'commit') await client.query('rollback to savepoint ending');
    else if (subject.tenantSetting) await client.query('select set_config($1, $2, true)', [subject.tenantSetting, '']);
    return;
  }
  await client.query(`rollback; begin read only; set local role ${client.escapeIdentifier(role)}`);
  await set(auditor, tenant);
  await client.query(broken).catch(() => {});
  await client.query('commit');
  await client.query('begin');
  await breathe();
}
