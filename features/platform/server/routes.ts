import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { decodeCursor, encodeCursor } from '../../../server/platform/paging.ts';
import { found, ProblemError } from '../../../server/platform/problems.ts';
import { PlatformCompany, PlatformCompanyPage, PlatformCompanyQuery } from '../../companies/contract.ts';
import { listCompanies, platformSession, readCompany } from '../../companies/server/service.ts';
import {
  Act,
  ActingGrant,
  CompanyParams,
  Figures,
  History,
  HistoryQuery,
  type PlatformAudit,
  PlatformAuditPage,
  PlatformAuditQuery,
  Suspend,
} from '../contract.ts';
import { startActing } from './acting.ts';

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'super' } as const;

  app.get(
    '/api/platform/companies',
    { config, schema: { querystring: PlatformCompanyQuery, response: { 200: PlatformCompanyPage } } },
    async ({ caller, query }) => listCompanies(app.door, platformSession(caller), query),
  );

  app.get(
    '/api/platform/companies/:company_id',
    { config, schema: { params: CompanyParams, response: { 200: PlatformCompany } } },
    async ({ caller, params }) => readCompany(app.door, platformSession(caller), params.company_id),
  );

  app.get('/api/platform/figures', { config, schema: { response: { 200: Figures } } }, async ({ caller }) => {
    const [figures] = await app.door.gate<Figures>('platform_figures', [platformSession(caller)]);
    return found(figures);
  });

  app.get(
    '/api/platform/history',
    { config, schema: { querystring: HistoryQuery, response: { 200: History } } },
    async ({ caller, query: { step = 'month', spans = 12 } }) => ({
      items: await app.door.gate<History['items'][number]>('platform_history', [platformSession(caller), step, spans]),
    }),
  );

  app.post(
    '/api/platform/companies/:company_id/suspend',
    { config, schema: { params: CompanyParams, body: Suspend, response: { 200: PlatformCompany } } },
    async ({ caller, params, body, origin }) => {
      const session = platformSession(caller);
      const values = [session, params.company_id, 'suspended', body.reason];
      await app.door.gate('platform_set_status', values, { request: origin });
      app.sessions.forget(params.company_id);
      return readCompany(app.door, session, params.company_id);
    },
  );

  app.post(
    '/api/platform/companies/:company_id/reinstate',
    {
      config,
      schema: {
        description: 'Undoes a suspension or, for a week, a deletion.',
        params: CompanyParams,
        response: { 200: PlatformCompany },
      },
    },
    async ({ caller, params, origin }) => {
      const session = platformSession(caller);
      await app.door.gate('platform_set_status', [session, params.company_id, 'active', null], { request: origin });
      app.sessions.forget(params.company_id);
      return readCompany(app.door, session, params.company_id);
    },
  );

  app.post(
    '/api/platform/companies/:company_id/act',
    { config, schema: { params: CompanyParams, body: Act, response: { 201: ActingGrant } } },
    async (request, reply) => reply.code(201).send(await startActing(request, request.params.company_id, request.body)),
  );

  app.delete(
    '/api/platform/acting',
    {
      config: { scope: 'user' },
      schema: {
        description: 'Ends the session in which a super admin acts; with their own token, all that they opened.',
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { caller, origin } = request;
      if (caller.kind === 'super') {
        const ended = await app.door.gate<{ session_id: string }>('platform_end_acting', [caller.sessionId], {
          request: origin,
        });
        for (const { session_id } of ended) app.sessions.forget(session_id);
      } else if (caller.actingAdmin !== null && caller.sessionId !== null) {
        await request.company.gate('end_acting', [caller.sessionId]);
        app.sessions.forget(caller.sessionId);
      } else {
        throw new ProblemError('forbidden', 'You do not act for anybody.');
      }
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/platform/audit',
    { config, schema: { querystring: PlatformAuditQuery, response: { 200: PlatformAuditPage } } },
    async ({ caller, query: { limit = 50, cursor, company_id } }) => {
      const [before] = cursor === undefined ? [null] : decodeCursor(cursor, 'platform', 'audit');
      const items = await app.door.gate<PlatformAudit>('platform_audit_page', [
        platformSession(caller),
        company_id ?? null,
        before ?? null,
        limit + 1,
      ]);
      const more = items.length > limit;
      if (more) items.pop();
      const last = items.at(-1);
      return { items, next_cursor: more && last ? encodeCursor([last.id], 'platform', 'audit') : null };
    },
  );
};
