import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { listPage } from '../../../server/platform/list.ts';
import { found } from '../../../server/platform/problems.ts';
import { q } from '../../../server/tenancy/query.ts';
import { JobPage, JobParams, JobQuery } from '../contract.ts';

const columns = [
  'id',
  'name',
  'status',
  'user_id',
  'attempts',
  'max_attempts',
  'last_error',
  'run_at',
  'created_at',
] as const;
// Ids of version 7 grow with time, so the primary key is the index of this sort.
const sorts = { created_at: { sql: 'jobs.id', type: 'uuid', field: 'id' } };

function jobList({ status }: Static<typeof JobQuery>) {
  const jobs = q.selectFrom('jobs').select(columns);
  return status === undefined ? jobs : jobs.where('status', '=', status);
}

/** What the company's jobs are doing, newest first: an admin sees why something did not happen, and tries it again. */
export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'admin' } as const;

  app.get(
    '/api/jobs',
    { config, schema: { querystring: JobQuery, response: { 200: JobPage } } },
    async ({ company, query }) =>
      listPage(
        company,
        { name: 'jobs', table: 'jobs', query: jobList(query), sorts, defaultSort: '-created_at' },
        query,
      ),
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
