import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { found, notFound, ProblemError } from '../../../server/platform/problems.ts';
import { newSecret, personOf, provenBy, readToken } from '../../auth/server/service.ts';
import { EmailChange, EmailConfirmation, Message } from '../contract.ts';
import { mailConfirmation, mailFormerAddress } from './email-mail.ts';
import { insertEmailChange } from './queries.ts';
import { member } from './service.ts';

/** Changing the address that one logs in with: it counts once its reader has opened the letter's link. */
export const emailRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/users/me/email',
    {
      config: { scope: 'company', limit: { perMinute: 5 }, secret: true },
      schema: { body: EmailChange, response: { 202: Message } },
    },
    async (request, reply) => {
      const { company, caller, body } = request;
      member(caller);
      const self = personOf(request);
      const own = await provenBy(self, body.current_password, 'current_password');
      await self.gate('forgive_attempt', [own.email]);
      const { secret, hash } = newSecret();
      await company.transaction(async (tx) => {
        const expires = new Date(Date.now() + 86_400_000).toISOString();
        const { id } = found(await tx.first(insertEmailChange(body.email, hash, expires)));
        await mailConfirmation(tx, id, secret);
      });
      return reply.code(202).send({ message: 'Open the link in the letter that is on its way to the new address.' });
    },
  );

  app.post(
    '/api/users/confirm-email',
    {
      config: { scope: 'public', limit: { perMinute: 20 } },
      schema: { body: EmailConfirmation, response: { 200: Message } },
    },
    async ({ body, origin, log }) => {
      const token = readToken(body.token);
      if (token === undefined || token.companyId === null) throw notFound();
      const { companyId, hash } = token;
      const [changed] = await app.door.gate<{ user_id: string; old_email: string; new_email: string }>(
        'confirm_email',
        [companyId, hash],
        { request: origin },
      );
      if (changed === undefined) throw new ProblemError('internal');
      app.sessions.forget(changed.user_id);
      app.events.publish({ companyId, table: 'users', id: changed.user_id, action: 'updated' });
      const company = app.door.asCompany({ companyId, userId: changed.user_id, owners: [changed.user_id] });
      // The address is changed; a letter that cannot be queued must not make it look otherwise.
      await mailFormerAddress(company, changed).catch((err) => log.error({ err }, 'a letter could not be queued'));
      return { message: `You log in with ${changed.new_email} now.` };
    },
  );
};
