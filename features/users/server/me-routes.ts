import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { found, ProblemError } from '../../../server/platform/problems.ts';
import { expectedVersion, ifUnchanged } from '../../../server/platform/versions.ts';
import { Departure, Me, MeChange } from '../contract.ts';
import { me, meActing, meOnPlatform } from './me.ts';
import { changeUser, member, removeUser } from './service.ts';

/** One's own account. Open to people of a suspended company too, who would otherwise see nothing but errors. */
export const meRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'user' } as const;

  app.get('/api/users/me', { config, schema: { response: { 200: Me } } }, async (request, reply) => {
    const { caller } = request;
    if (caller.kind === 'super') return meOnPlatform(app.door, caller.sessionId);
    if (caller.userId === null) return meActing(request.company, found(caller.sessionId ?? undefined));
    const self = await me(request.company, member(caller));
    return reply.header('etag', `"${self.version}"`).send(self);
  });

  app.put('/api/users/me', { config, schema: { body: MeChange, response: { 200: Me } } }, async (request) => {
    const { caller, body } = request;
    if (caller.kind === 'super') {
      const { first_name = null, last_name = null } = body;
      await app.door.gate('platform_rename_me', [caller.sessionId, first_name, last_name]);
      return meOnPlatform(app.door, caller.sessionId);
    }
    const { userId, companyId, companyStatus } = member(caller);
    if (companyStatus === 'suspended') throw new ProblemError('company-suspended');
    const version = expectedVersion(request);
    const changed = await changeUser(request.company, userId, body, version);
    await ifUnchanged(changed, version, async () => userId);
    app.events.publish({ companyId, table: 'users', id: userId, action: 'updated' });
    return me(request.company, member(request.caller));
  });

  app.delete('/api/users/me', { config, schema: { response: { 200: Departure } } }, async ({ company, caller }) => {
    const { userId, companyId, companyStatus } = member(caller);
    if (companyStatus === 'suspended') throw new ProblemError('company-suspended');
    const departure = await removeUser(company, userId);
    app.sessions.forget(userId);
    app.events.publish({ companyId, table: 'users', id: userId, action: 'deleted' });
    return departure;
  });
};
