import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { listPage } from '../../../server/platform/list.ts';
import { notFound, ProblemError } from '../../../server/platform/problems.ts';
import { personOf } from '../../auth/server/service.ts';
import { Ended, SessionPage, SessionParams, SessionQuery } from '../contract.ts';
import { openSessions } from './queries.ts';

const config = { scope: 'company' } as const;
const sorts = { created_at: { sql: 'sessions.created_at', type: 'timestamptz', field: 'created_at' } };

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/sessions',
    { config, schema: { querystring: SessionQuery, response: { 200: SessionPage } } },
    async (request) => {
      const { company, query, caller } = request;
      const page = await listPage(
        company,
        { name: 'sessions', table: 'sessions', query: wanted(request), sorts, defaultSort: '-created_at' },
        query,
      );
      return { ...page, items: page.items.map((row) => ({ ...row, is_current: row.id === caller.sessionId })) };
    },
  );

  app.delete(
    '/api/sessions/:session_id',
    { config, schema: { params: SessionParams, response: { 204: Type.Null() } } },
    async ({ company, params, server }, reply) => {
      const [ended] = await company.gate<{ id: string }>('end_sessions', [
        params.session_id,
        null,
        null,
        'ended by hand',
      ]);
      if (ended === undefined) throw notFound();
      server.sessions.forget(ended.id);
      return reply.code(204).send(null);
    },
  );

  // All others of one's own: what to do after a device was lost.
  app.delete('/api/sessions', { config, schema: { response: { 200: Ended } } }, async (request) => {
    const { company, server, caller } = request;
    personOf(request);
    const ended = await company.gate<{ id: string }>('end_sessions', [
      null,
      company.context.userId,
      caller.sessionId,
      'ended by hand with all others',
    ]);
    for (const { id } of ended) server.sessions.forget(id);
    return { ended: ended.length };
  });
};

function wanted({ caller, company, query }: FastifyRequest) {
  const { user_id, everyone } = query as SessionQuery;
  const own = company.context.userId;
  const asksForOthers = everyone === true || (user_id !== undefined && user_id !== own);
  // The same whether that user exists or not.
  if (asksForOthers && (caller.kind !== 'user' || caller.role !== 'company_admin')) {
    throw new ProblemError('forbidden', 'Only a company admin may see the sessions of others.');
  }
  if (everyone === true && user_id === undefined) return openSessions();
  return openSessions().where('sessions.user_id', '=', user_id ?? own);
}
