import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ProblemError } from '../../../server/platform/problems.ts';
import { Account, Grant, Login, Refresh } from '../contract.ts';
import { addCookies, cookieOf, forgetCookie, grant, type OpenedSession } from './grant.ts';
import { logIn } from './login.ts';
import { newSecret, readRefreshToken } from './refresh-token.ts';
import { selfOf } from './self.ts';

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  await addCookies(app as never);

  app.post(
    '/api/auth/login',
    { config: { scope: 'public', limit: { perMinute: 30 } }, schema: { body: Login, response: { 200: Grant } } },
    async (request, reply) => {
      const { opened, secret } = await logIn(request.server, request, request.body);
      return grant(reply, opened, secret, request.body.cookie === true);
    },
  );

  app.post(
    '/api/auth/refresh',
    { config: { scope: 'public', limit: { perMinute: 300 } }, schema: { body: Refresh, response: { 200: Grant } } },
    async (request, reply) => {
      const given = request.body?.refresh_token;
      const fromCookie = given === undefined;
      if (fromCookie) refuseOtherSites(request);
      const refreshed = await refresh(request, given ?? cookieOf(request));
      if (refreshed !== undefined) return grant(reply, refreshed.opened, refreshed.secret, fromCookie);
      if (fromCookie) forgetCookie(reply);
      throw new ProblemError('unauthenticated');
    },
  );

  app.post(
    '/api/auth/logout',
    { config: { scope: 'user' }, schema: { response: { 204: Type.Null() } } },
    async (request, reply) => {
      const { caller } = request;
      if (caller.sessionId !== null) {
        await selfOf(request).gate('log_out', [caller.sessionId]);
        request.server.sessions.forget(caller.sessionId);
      }
      return forgetCookie(reply).code(204).send(null);
    },
  );

  app.get('/api/auth/me', { config: { scope: 'user' }, schema: { response: { 200: Account } } }, async (request) => {
    const [account] = await selfOf(request).gate<Account>('account', [request.caller.sessionId]);
    if (account === undefined) throw new ProblemError('unauthenticated');
    return account;
  });
};

// SameSite keeps other sites' requests free of the cookie; a sister site under the same domain it does not.
function refuseOtherSites({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new ProblemError('forbidden');
}

async function refresh({ server, origin }: FastifyRequest, token: string | undefined) {
  const known = token === undefined ? undefined : readRefreshToken(token);
  if (known === undefined) return undefined;
  const { secret, hash } = newSecret();
  const context = { request: origin };
  const [opened] = await (known.companyId === null
    ? server.door.gate<OpenedSession & { reused: boolean }>('refresh_platform_session', [known.hash, hash], context)
    : server.door.gate<OpenedSession & { reused: boolean }>(
        'refresh_session',
        [known.companyId, known.hash, hash],
        context,
      ));
  if (opened?.reused) server.sessions.forget(opened.session_id);
  return opened === undefined || opened.reused ? undefined : { opened, secret };
}
