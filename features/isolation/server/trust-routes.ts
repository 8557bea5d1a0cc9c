import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { companyReport } from '../../../audit/report/company-report.ts';
import type { Report, StaffVisit, VisitsTold } from '../../../audit/report/report.ts';
import { installationPublicKey, KEY_PATH } from '../../../audit/report/seal.ts';
import { found, ProblemError } from '../../../server/platform/problems.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import { actings } from '../../companies/server/acting-service.ts';
import { ReportKey, Trust, TrustQuery } from '../contract.ts';
import { ownCompany, visitCount } from './queries.ts';
import { sendReport } from './send-report.ts';

interface Narrowed {
  run_id: string;
  report: Report;
}

/** A report tells of no more of them. */
const VISITS = 100;

async function newestVisits(company: Company): Promise<StaffVisit[]> {
  const newest = actings()
    .orderBy('security_logs.created_at', 'desc')
    .orderBy('security_logs.id', 'desc')
    .limit(VISITS);
  return (await company.many(newest)).map(({ acting_admin_email, reason, started_at, ended_at }) => ({
    admin_email: acting_admin_email ?? '',
    reason,
    started_at,
    ended_at,
  }));
}

export const trustRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'admin' } as const;
  const last = async (company: Company): Promise<Narrowed | undefined> =>
    (await company.gate<Narrowed>('company_isolation', []))[0];

  app.get('/api/trust', { config, schema: { response: { 200: Trust } } }, async ({ company }) => {
    const narrowed = await last(company);
    const { fingerprint } = installationPublicKey();
    const none = { run_id: null, finished_at: null, verdict: null, percent: null, checks: 0, passed: 0 };
    if (!narrowed) return { ...none, outcomes: [], tables: [], fingerprint };
    const { run_id, report } = narrowed;
    const { verdict, percent, checks, passed } = report.score;
    return {
      run_id,
      finished_at: report.finishedAt,
      verdict,
      percent,
      checks,
      passed,
      outcomes: report.outcomes.map(({ rule, outcome }) => ({ ...rule, outcome, reason: null })),
      tables: report.distribution.map(({ table, rows, estimated = false, uncounted }) => ({
        table: table.replace(/^public\./, ''),
        rows: uncounted === undefined ? (rows[company.context.companyId] ?? 0) : null,
        estimated,
      })),
      fingerprint,
    };
  });

  app.get(
    '/api/trust/report',
    {
      config,
      schema: {
        description: "The company's own report of the last audit, signed.",
        querystring: TrustQuery,
        response: { 200: Type.Any() },
      },
    },
    async ({ company, query }, reply) => {
      const narrowed = await last(company);
      if (!narrowed) throw new ProblemError('conflict', 'There was no audit yet: one runs every night.');
      const { name, created_at: since, read_at: until } = found(await company.first(ownCompany()));
      const { total } = found(await company.first(visitCount()));
      const told: VisitsTold = { since, until, total, limit: VISITS };
      const own = { id: company.context.companyId, name };
      const whole = { ...narrowed.report, installation: app.config.publicUrl };
      const report = companyReport(whole, own, await newestVisits(company), told);
      return sendReport(reply, report, query.format);
    },
  );

  app.get(
    KEY_PATH,
    {
      config: { scope: 'public' },
      schema: { description: 'The key with which this installation signs its reports.', response: { 200: ReportKey } },
    },
    async (_request, reply) => reply.send(installationPublicKey()),
  );
};
