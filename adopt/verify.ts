import { exitCode } from '../audit/report/exit-code.ts';
import type { Report } from '../audit/report/report.ts';
import type { Waiver } from '../audit/report/waivers.ts';
import { planUnderWay } from './apply.ts';
import { type AuditAdoptedOptions, auditAdopted, type Remaining, remaining } from './audit.ts';
import { connectMigrator } from './connect.ts';
import { catalog } from './verify/catalog.ts';
import type { Check, Counted } from './verify/check.ts';
import { counts } from './verify/counts.ts';
import { tenants } from './verify/tenants.ts';
import { views } from './verify/views.ts';

export interface Verified {
  ok: boolean;
  checks: Check[];
  /** Of the whole auditor; left out where it was not asked for. */
  audit?: Report;
  /** What the auditor found and nobody accepted, each with the reason for which adoption left it. */
  remaining: Remaining[];
  tables: Counted[];
}

export interface VerifyOptions {
  /** The application wrote meanwhile: then counts and sums that differ are told, and are no failure. */
  moving?: boolean;
  /** False leaves the auditor out, and looks only at what the adoption itself did. */
  audit?: boolean;
  /** Findings of the auditor that are accepted, as `bulkhead audit` takes them. */
  waivers?: readonly Waiver[];
  onProgress?: AuditAdoptedOptions['onProgress'];
}

/**
 * Looks whether nothing was lost and nothing crosses: counts and sums as before, no row without a tenant or pointing at
 * another's, security on, and what the app's role sees with and without a tenant. It believes no constraint, but counts.
 * Then the whole auditor goes through the database.
 */
export async function verify(
  url: string,
  { moving = false, audit = true, waivers, onProgress }: VerifyOptions = {},
): Promise<Verified> {
  const client = await connectMigrator(url);
  try {
    const plan = await planUnderWay(client);
    if (!plan) throw new Error('No adoption of this database was begun: there is nothing to verify.');
    await client.query('begin transaction isolation level repeatable read read only');
    const { tables, checks } = await counts(client, moving);
    checks.push(...(await tenants(client, plan, tables)));
    checks.push(...(await catalog(client, plan)));
    checks.push(...(await views(client, plan, tables)));
    await client.query('rollback');
    const report = audit ? await auditAdopted(client, plan, { waivers, onProgress }) : undefined;
    if (report) checks.push(judge(report));
    return {
      ok: checks.every(({ ok }) => ok),
      checks,
      tables,
      remaining: report ? await remaining(client, report) : [],
      ...(report && { audit: report }),
    };
  } finally {
    await client.end().catch(() => undefined);
  }
}

function judge(report: Report): Check {
  const { passed, failed, waived, notChecked, checks } = report.score;
  const told = [
    `${passed} of ${checks} checks passed`,
    ...(failed > 0 ? [`${failed} found something`] : []),
    ...(waived > 0 ? [`${waived} found what was decided so`] : []),
    ...(notChecked > 0 ? [`${notChecked} could not look`] : []),
  ];
  return { name: 'the whole audit', ok: exitCode(report, 'low') !== 1, detail: told.join(', ') };
}
