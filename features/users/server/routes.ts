import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { found, ProblemError } from '../../../server/platform/problems.ts';
import { expectedVersion, ifUnchanged } from '../../../server/platform/versions.ts';
import {
  Departure,
  HandOver,
  LeaveQuery,
  TwoStep,
  User,
  UserChange,
  UserPage,
  UserParams,
  UserQuery,
} from '../contract.ts';
import { avatarRoutes } from './avatar-routes.ts';
import { emailRoutes } from './email-routes.ts';
import { meRoutes } from './me-routes.ts';
import { oneUser } from './queries.ts';
import { changeUser, handOver, listColleagues, member, removeUser } from './service.ts';

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(meRoutes);
  await app.register(emailRoutes);
  await app.register(avatarRoutes);

  app.get(
    '/api/users',
    { config: { scope: 'company' }, schema: { querystring: UserQuery, response: { 200: UserPage } } },
    async ({ company, query }) => listColleagues(company, query),
  );

  app.get(
    '/api/users/two-step',
    { config: { scope: 'admin' }, schema: { response: { 200: TwoStep } } },
    async ({ company }) => {
      const rows = await company.gate<{ user_id: string }>('two_step_users', []);
      return { user_ids: rows.map(({ user_id }) => user_id) };
    },
  );

  app.get(
    '/api/users/:user_id',
    { config: { scope: 'company' }, schema: { params: UserParams, response: { 200: User } } },
    async ({ company, params }, reply) => {
      const user = found(await company.first(oneUser({ id: params.user_id })));
      return reply.header('etag', `"${user.version}"`).send(user);
    },
  );

  app.put(
    '/api/users/:user_id',
    { config: { scope: 'admin' }, schema: { params: UserParams, body: UserChange, response: { 200: User } } },
    async (request) => {
      const { company, caller, params, body } = request;
      const { companyId } = member(caller);
      const version = expectedVersion(request);
      const changed = await changeUser(company, params.user_id, body, version);
      const user = await ifUnchanged(changed, version, () => company.first(oneUser({ id: params.user_id })));
      app.sessions.forget(user.id);
      app.events.publish({ companyId, table: 'users', id: user.id, action: 'updated' });
      return user;
    },
  );

  // For who is away or has another job now: they stay, and what they own is a colleague's.
  app.post(
    '/api/users/:user_id/hand-over',
    { config: { scope: 'admin' }, schema: { params: UserParams, body: HandOver, response: { 200: Departure } } },
    async ({ company, caller, params, body }) => {
      const { companyId } = member(caller);
      const departure = await handOver(company, params.user_id, body.to);
      app.events.publish({ companyId, table: 'users', id: params.user_id, action: 'updated' });
      return departure;
    },
  );

  app.delete(
    '/api/users/:user_id',
    {
      config: { scope: 'admin' },
      schema: { params: UserParams, querystring: LeaveQuery, response: { 200: Departure } },
    },
    async ({ company, caller, params, query }) => {
      const { companyId, userId } = member(caller);
      if (params.user_id === userId && query.reassign_to === undefined) {
        throw new ProblemError(
          'conflict',
          'Say with reassign_to who takes over, or delete your account at /api/users/me.',
        );
      }
      const departure = await removeUser(company, params.user_id, query.reassign_to ?? userId);
      app.sessions.forget(params.user_id);
      app.events.publish({ companyId, table: 'users', id: params.user_id, action: 'deleted' });
      return departure;
    },
  );
};
