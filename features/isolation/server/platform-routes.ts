import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Report } from '../../../audit/report/report.ts';
import { readPage, sectionsOf } from '../../../audit/report/rule-pages.ts';
import { installationPublicKey } from '../../../audit/report/seal.ts';
import { nameOf, notCounted, tenantsOf } from '../../../audit/report/texts.ts';
import { found, ProblemError } from '../../../server/platform/problems.ts';
import { platformSession } from '../../companies/server/service.ts';
import { AuditReport, AuditRun, Isolation, ReportQuery, Schedule, ScheduleUpdate } from '../contract.ts';
import { probesOf } from './probe-routes.ts';
import { sendReport } from './send-report.ts';

const RUNS = 60;

export const platformRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'super' } as const;
  const runs = (session: string, wanted: string | null, most: number) =>
    app.door.gate<AuditRun>('platform_audit_runs', [session, wanted, most]);
  const schedule = async (session: string) =>
    found((await app.door.gate<Schedule>('platform_audit_schedule', [session]))[0]);
  const lastReport = async (session: string): Promise<Report> => {
    const last = (await runs(session, null, RUNS)).find(({ has_report }) => has_report);
    if (!last) throw new ProblemError('conflict', 'There was no audit yet: run one.');
    return found((await app.door.gate<{ report: Report }>('platform_audit_report', [session, last.id]))[0]).report;
  };

  app.get('/api/platform/isolation', { config, schema: { response: { 200: Isolation } } }, async ({ caller }) => {
    const session = platformSession(caller);
    return {
      runs: await runs(session, null, RUNS),
      schedule: await schedule(session),
      ...(await probesOf(app.door, session)),
      fingerprint: installationPublicKey().fingerprint,
    };
  });

  app.post(
    '/api/platform/isolation/runs',
    {
      config,
      schema: { description: 'Asks for an audit: a worker begins it within seconds.', response: { 202: AuditRun } },
    },
    async ({ caller, origin }, reply) => {
      const session = platformSession(caller);
      const [asked] = await app.door.gate<{ id: string }>('platform_ask_audit', [session], { request: origin });
      return reply.code(202).send(found((await runs(session, found(asked).id, 1))[0]));
    },
  );

  app.get(
    '/api/platform/isolation/report',
    {
      config,
      schema: { description: 'What the last audit that came to its end found.', response: { 200: AuditReport } },
    },
    async ({ caller }) => {
      const report = await lastReport(platformSession(caller));
      return {
        finished_at: report.finishedAt,
        outcomes: report.outcomes.map(({ rule, outcome, reason, unchecked, findings }) => ({
          ...rule,
          outcome,
          reason: reason ?? unchecked ?? null,
          findings: findings.map(({ object, message, mend, waived }) => ({ object, message, mend, waived: !!waived })),
          page: outcome === 'passed' ? null : pageOf(rule),
        })),
        companies: tenantsOf(report).map(({ tenant, rows }) => ({ name: nameOf(report, tenant), rows })),
        uncounted: notCounted(report),
      };
    },
  );

  app.get(
    '/api/platform/isolation/report/file',
    {
      config,
      schema: {
        description: 'The same with every part of it, as a signed file.',
        querystring: ReportQuery,
        response: { 200: Type.Any() },
      },
    },
    async ({ caller, query }, reply) => {
      const report = await lastReport(platformSession(caller));
      return sendReport(reply, { ...report, installation: app.config.publicUrl }, query.format);
    },
  );

  app.put(
    '/api/platform/isolation/schedule',
    { config, schema: { body: ScheduleUpdate, response: { 200: Schedule } } },
    async ({ caller, body, origin }) => {
      const session = platformSession(caller);
      await app.door.gate('platform_schedule_audit', [session, body.nightly, body.hour], { request: origin });
      return schedule(session);
    },
  );
};

function pageOf(rule: { number: number; name: string }) {
  const sections = sectionsOf(readPage(rule) ?? '');
  return {
    wrong: sections['What goes wrong'] ?? '',
    why: sections['Why it matters'] ?? '',
    see: sections['See it yourself'] ?? '',
    mend: sections.Mend ?? '',
  };
}
