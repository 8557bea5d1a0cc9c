import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { checkNewPassword, hashPassword } from '../../../server/platform/password.ts';
import { ChangePassword, ForgotPassword, ResetPassword, Said } from '../contract.ts';
import { resetPassword, sendResetLetter } from './forgotten.ts';
import { personOf, provenBy } from './self.ts';

/** Longer than the work for an address that somebody has, so that the time does not tell whether somebody does. */
const ANSWER_AFTER_MS = 150;

export const passwordRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/auth/forgot-password',
    {
      config: { scope: 'public', limit: { perMinute: 5 } },
      schema: { body: ForgotPassword, response: { 202: Said } },
    },
    async (request, reply) => {
      await Promise.all([sendResetLetter(request, request.body.email), delay(ANSWER_AFTER_MS)]);
      return reply.code(202).send({ message: 'If somebody has this address, a letter is on its way to them.' });
    },
  );

  app.post(
    '/api/auth/reset-password',
    {
      config: { scope: 'public', limit: { perMinute: 10 } },
      schema: { body: ResetPassword, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const { token, new_password } = request.body;
      checkNewPassword(new_password, 'new_password');
      await resetPassword(request, token, new_password);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/users/me/change-password',
    { config: { scope: 'user', secret: true }, schema: { body: ChangePassword, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const { current_password, new_password } = request.body;
      const self = personOf(request);
      checkNewPassword(new_password, 'new_password');
      const own = await provenBy(self, current_password, 'current_password');
      const ended = await self.gate<{ ended: string }>('change_password', [
        own.password_hash,
        await hashPassword(new_password),
        request.caller.sessionId,
      ]);
      for (const row of ended) request.server.sessions.forget(row.ended);
      return reply.code(204).send(null);
    },
  );
};
