import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { renderProbe } from '../../../audit/probe/report/formats.ts';
import type { ProbeResult } from '../../../audit/probe/result.ts';
import { found, ProblemError } from '../../../server/platform/problems.ts';
import type { Door } from '../../../server/tenancy/door.ts';
import { platformSession } from '../../companies/server/service.ts';
import { CoverageMatrix, ProbeReportQuery, ProbeRun, Schedule, ScheduleUpdate } from '../contract.ts';
import { coverageOf } from './coverage.ts';
import { FILES } from './send-report.ts';

const RUNS = 30;

const runs = (door: Door, session: string, wanted: string | null, most: number) =>
  door.gate<ProbeRun>('platform_probe_runs', [session, wanted, most]);
const scheduleOf = async (door: Door, session: string) =>
  found((await door.gate<Schedule>('platform_probe_schedule', [session]))[0]);

/** The runs of the probe, and when it runs by itself. */
export const probesOf = async (door: Door, session: string) => ({
  probes: await runs(door, session, null, RUNS),
  probe_schedule: await scheduleOf(door, session),
});

export const probeRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'super' } as const;
  const { door } = app;
  const last = async (session: string): Promise<ProbeResult> => {
    const run = (await runs(door, session, null, RUNS)).find(({ has_report }) => has_report);
    if (!run) throw new ProblemError('conflict', 'There was no probe yet: run one.');
    return found((await door.gate<{ report: ProbeResult }>('platform_probe_report', [session, run.id]))[0]).report;
  };

  app.post(
    '/api/platform/isolation/probes',
    {
      config,
      schema: {
        description: 'Asks for an attack on this installation: a worker begins it within seconds.',
        response: { 202: ProbeRun },
      },
    },
    async ({ caller, origin }, reply) => {
      const session = platformSession(caller);
      const [asked] = await door.gate<{ id: string }>('platform_ask_probe', [session], { request: origin });
      return reply.code(202).send(found((await runs(door, session, found(asked).id, 1))[0]));
    },
  );

  app.get(
    '/api/platform/isolation/coverage',
    {
      config,
      schema: {
        description: 'What came of each attack on each endpoint, the last time that the probe came to its end.',
        response: { 200: CoverageMatrix },
      },
    },
    async ({ caller }) => coverageOf(await last(platformSession(caller))),
  );

  app.get(
    '/api/platform/isolation/coverage/file',
    {
      config,
      schema: { description: 'The same as a file.', querystring: ProbeReportQuery, response: { 200: Type.Any() } },
    },
    async ({ caller, query: { format = 'html' } }, reply) => {
      const result = await last(platformSession(caller));
      const [type, ending] = FILES[format];
      const name = `probe-${result.finishedAt.slice(0, 10)}.${ending}`;
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(renderProbe(result, format));
    },
  );

  app.put(
    '/api/platform/isolation/probe-schedule',
    { config, schema: { body: ScheduleUpdate, response: { 200: Schedule } } },
    async ({ caller, body, origin }) => {
      const session = platformSession(caller);
      await door.gate('platform_schedule_probe', [session, body.nightly, body.hour], { request: origin });
      return scheduleOf(door, session);
    },
  );
};
