import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { invalid, ProblemError } from '../../../server/platform/problems.ts';
import { RecoveryCodes, TotpCode, TotpDisable, TotpEnrol, TotpSecret } from '../contract.ts';
import { credentialsOf, type OwnCredentials, personOf, provenBy, type Self } from './self.ts';
import { factorOf, newRecoveryCodes, newTotp, stepOf } from './totp.ts';

const config = { scope: 'user' } as const;
const wrongCode = () => invalid('code', 'wrong', 'is wrong or was used before');

export const totpRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/auth/totp/enrol',
    { config: { ...config, secret: true }, schema: { body: TotpEnrol, response: { 200: TotpSecret } } },
    async (request) => {
      const self = personOf(request);
      const own = await provenBy(self, request.body.password, 'password');
      const { secret, url, sealed } = newTotp(own.identity_id, own.email);
      const [answer] = await self.gate<{ enrolled: boolean }>('enrol_totp', [sealed]);
      if (!answer?.enrolled) throw new ProblemError('conflict', 'One-time codes are already switched on.');
      return { secret, otpauth_url: url };
    },
  );

  app.post(
    '/api/auth/totp/confirm',
    { config: { ...config, secret: true }, schema: { body: TotpCode, response: { 200: RecoveryCodes } } },
    async (request) => {
      const self = personOf(request);
      const own = await credentialsOf(self);
      if (own.totp_secret === null || own.totp_confirmed) {
        throw new ProblemError('conflict', 'Nothing waits to be confirmed.');
      }
      const step = stepOf(own.totp_secret, own.identity_id, request.body.code.replaceAll(' ', ''));
      if (step === null) throw wrongCode();
      const { codes, hashes } = newRecoveryCodes();
      const [answer] = await self.gate<{ confirmed: boolean }>('confirm_totp', [own.totp_secret, step, hashes]);
      if (!answer?.confirmed) throw new ProblemError('conflict', 'Nothing waits to be confirmed.');
      return { recovery_codes: codes };
    },
  );

  app.post(
    '/api/auth/totp/recovery-codes',
    { config: { ...config, secret: true }, schema: { body: TotpDisable, response: { 200: RecoveryCodes } } },
    async (request) => {
      const self = personOf(request);
      const own = await provenBy(self, request.body.password, 'password');
      const { codes, hashes } = newRecoveryCodes();
      await change(self, own, request.body.code, hashes);
      return { recovery_codes: codes };
    },
  );

  app.post(
    '/api/auth/totp/disable',
    { config: { ...config, secret: true }, schema: { body: TotpDisable, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const self = personOf(request);
      const own = await provenBy(self, request.body.password, 'password');
      await change(self, own, request.body.code, null);
      return reply.code(204).send(null);
    },
  );
};

async function change(self: Self, own: OwnCredentials, code: string, hashes: string[] | null): Promise<void> {
  if (own.totp_secret === null || !own.totp_confirmed) {
    throw new ProblemError('conflict', 'One-time codes are not switched on.');
  }
  const factor = factorOf(own.totp_secret, own.identity_id, code);
  if (factor === undefined) throw wrongCode();
  const [answer] = await self.gate<{ changed: boolean }>('change_totp', [factor.step, factor.recovery, hashes]);
  if (!answer?.changed) throw wrongCode();
}
