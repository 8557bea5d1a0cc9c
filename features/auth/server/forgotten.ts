import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import { queueMail, sendNow } from '../../../server/platform/mail/job.ts';
import { hashPassword } from '../../../server/platform/password.ts';
import { ProblemError } from '../../../server/platform/problems.ts';
import { languageOf } from '../../users/server/language-service.ts';
import { passwordChangedLetter, resetLetter } from './letters.ts';
import { hashOf, newSecret } from './refresh-token.ts';

interface Target {
  identity_id: string;
  company_id: string | null;
  user_id: string | null;
  email: string;
  first_name: string;
}

type Asker = Pick<FastifyRequest, 'origin'> & { server: FastifyInstance; log: FastifyBaseLogger };

/** Sends a link to set a new password, if anybody has the address; who asks must not be able to tell. */
export async function sendResetLetter({ server, origin, log }: Asker, address: string): Promise<void> {
  const { door, config } = server;
  const [target] = await door.gate<Target>('reset_target', [address], { request: origin });
  if (target === undefined) return;
  const { secret, hash } = newSecret();
  const url = `${config.publicUrl}/reset-password?token=${secret.toString('base64url')}`;
  if (target.company_id === null) {
    const context = { userId: target.identity_id, request: origin };
    const [made] = await door.gate<{ created: boolean }>('create_password_reset', [hash], context);
    // Not awaited: how long the mail server takes must not tell who is a super admin.
    const letter = resetLetter({ ...target, language: 'en' }, url);
    if (made?.created) sendNow(letter).catch((err) => log.error({ err }, 'a letter could not be sent'));
    return;
  }
  const company = door.asCompany({
    companyId: target.company_id,
    userId: target.user_id,
    owners: [target.user_id as string],
    request: origin,
  });
  await company.transaction(async (tx) => {
    const [made] = await tx.gate<{ created: boolean }>('create_password_reset', [hash]);
    if (!made?.created) return;
    await queueMail(tx, resetLetter({ ...target, language: await languageOf(tx, target.user_id) }, url));
  });
}

/** @throws `gone` for a link that was never made, was used, or has expired: the three look the same. */
export async function resetPassword({ server, origin, log }: Asker, token: string, password: string): Promise<void> {
  const { door, sessions } = server;
  const [owner] = await door.gate<Target>(
    'reset_password',
    [hashOf(Buffer.from(token, 'base64url')), await hashPassword(password)],
    { request: origin },
  );
  if (owner === undefined) throw new ProblemError('gone', 'This link was used or has expired. Ask for a new one.');
  // Super admins' sessions are known by their own ids only, so all are asked for anew: it costs one query each.
  sessions.forget(owner.user_id ?? undefined);
  const told = tellOfReset(server, owner);
  // The password is set; a letter that cannot be queued must not make it look otherwise.
  await told.catch((err) => log.error({ err }, 'a letter could not be sent'));
}

/** Super admins have no company, and so neither a queue nor a language. */
async function tellOfReset({ door, config }: FastifyInstance, owner: Target): Promise<void> {
  const url = `${config.publicUrl}/forgot-password`;
  const { company_id: companyId, user_id: userId } = owner;
  if (companyId === null || userId === null) {
    return sendNow(passwordChangedLetter({ ...owner, language: 'en' }, url));
  }
  const company = door.asCompany({ companyId, userId, owners: [userId] });
  await queueMail(company, passwordChangedLetter({ ...owner, language: await languageOf(company, userId) }, url));
}
