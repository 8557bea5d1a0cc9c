import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { listPage } from '../../../server/platform/list.ts';
import { found } from '../../../server/platform/problems.ts';
import { expectedVersion, ifUnchanged } from '../../../server/platform/versions.ts';
import { enterColleague } from '../../invitations/server/service.ts';
import { User, UserPage, UserQuery } from '../../users/contract.ts';
import { checkTimezone, listColleagues, member, readColleague } from '../../users/server/service.ts';
import {
  ActingPage,
  ActingQuery,
  ColleagueCreate,
  CompanyChange,
  CompanyCreate,
  CompanyParams,
  CompanySeen,
  PlatformCompany,
  PlatformCompanyPage,
  PlatformCompanyQuery,
} from '../contract.ts';
import { actings } from './acting-service.ts';
import { ownChange, platformChange } from './change.ts';
import { oneCompany, updateCompany } from './queries.ts';
import { changeCompany, createCompany, listCompanies, platformSession, readCompany } from './service.ts';

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const platform = { scope: 'super' } as const;
  const config = { scope: 'admin' } as const;
  const adminOrStaff = { scope: 'admin', staff: true } as const;

  app.get(
    '/api/companies',
    { config: platform, schema: { querystring: PlatformCompanyQuery, response: { 200: PlatformCompanyPage } } },
    async ({ caller, query }) => listCompanies(app.door, platformSession(caller), query),
  );

  app.post(
    '/api/companies',
    { config: platform, schema: { body: CompanyCreate, response: { 201: PlatformCompany } } },
    async ({ caller, body, origin }, reply) =>
      reply.code(201).send(await createCompany(app.door, platformSession(caller), body, origin)),
  );

  app.delete(
    '/api/companies/:company_id',
    { config: platform, schema: { params: CompanyParams, response: { 204: Type.Null() } } },
    async ({ caller, params, origin }, reply) => {
      const values = [platformSession(caller), params.company_id, 'deleted', null];
      await app.door.gate('platform_set_status', values, { request: origin });
      app.sessions.forget(params.company_id);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/companies/:company_id',
    { config: adminOrStaff, schema: { params: CompanyParams, response: { 200: CompanySeen } } },
    async (request, reply) => {
      const { caller, params } = request;
      if (caller.kind === 'super') return readCompany(app.door, caller.sessionId, params.company_id);
      const own = found(await request.company.first(oneCompany({ id: params.company_id })));
      return reply.header('etag', `"${own.version}"`).send(own);
    },
  );

  app.put(
    '/api/companies/:company_id',
    { config: adminOrStaff, schema: { params: CompanyParams, body: CompanyChange, response: { 200: CompanySeen } } },
    async (request) => {
      const { caller, params, body, origin } = request;
      if (caller.kind === 'super') {
        const seen = await changeCompany(app.door, caller.sessionId, params.company_id, platformChange(body), origin);
        app.events.publish({ companyId: seen.id, table: 'companies', id: seen.id, action: 'updated' });
        return seen;
      }
      const { company } = request;
      const change = ownChange(body);
      checkTimezone(change.timezone);
      const version = expectedVersion(request);
      const changed = await company.first(updateCompany(params.company_id, change, version));
      const own = await ifUnchanged(changed, version, () => company.first(oneCompany({ id: params.company_id })));
      app.events.publish({ companyId: own.id, table: 'companies', id: own.id, action: 'updated' });
      return own;
    },
  );

  app.get(
    '/api/companies/:company_id/users',
    { config, schema: { params: CompanyParams, querystring: UserQuery, response: { 200: UserPage } } },
    async ({ company, params, query }) => {
      found(await company.first(oneCompany({ id: params.company_id })));
      return listColleagues(company, query);
    },
  );

  app.post(
    '/api/companies/:company_id/users',
    { config, schema: { params: CompanyParams, body: ColleagueCreate, response: { 201: User } } },
    async ({ company, caller, params, body }, reply) => {
      member(caller);
      found(await company.first(oneCompany({ id: params.company_id })));
      const id = await enterColleague(company, body);
      app.events.publish({ companyId: company.context.companyId, table: 'users', id, action: 'created' });
      return reply.code(201).send(await readColleague(company, id));
    },
  );

  app.get(
    '/api/companies/:company_id/acting',
    { config, schema: { params: CompanyParams, querystring: ActingQuery, response: { 200: ActingPage } } },
    async ({ company, params, query }) => {
      found(await company.first(oneCompany({ id: params.company_id })));
      const sorts = { created_at: { sql: 'security_logs.created_at', type: 'timestamptz', field: 'started_at' } };
      return listPage(
        company,
        { name: 'acting', table: 'security_logs', query: actings(), sorts, defaultSort: '-created_at' },
        query,
      );
    },
  );
};
