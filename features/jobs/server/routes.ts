import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { found } from '../../../server/platform/problems.ts';
import { JobList, JobParams, JobQuery, type JobSummary } from '../contract.ts';

/** What the company's jobs are doing, newest first: an admin sees why something did not happen, and tries it again. */
export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'admin' } as const;

  app.get(
    '/api/jobs',
    { config, schema: { querystring: JobQuery, response: { 200: JobList } } },
    async ({ company, query }) => ({
      items: await company.gate<Static<typeof JobSummary>>('company_jobs', [query.limit ?? 50]),
      next_cursor: null,
    }),
  );

  app.post(
    '/api/jobs/:job_id/retry',
    { config, schema: { params: JobParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      found((await company.gate('retry_job', [params.job_id]))[0]);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/api/jobs/:job_id',
    { config, schema: { params: JobParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      found((await company.gate('cancel_job', [params.job_id]))[0]);
      return reply.code(204).send(null);
    },
  );
};
