import type { FastifyReply, FastifyRequest } from 'fastify';
import { spoken } from '../../../contracts/languages.ts';
import { checkNewPassword, hashPassword } from '../../../server/platform/password.ts';
import { ProblemError } from '../../../server/platform/problems.ts';
import { deviceOf, grant, newSecret, type OpenedSession } from '../../auth/server/service.ts';
import { speak } from '../../companies/server/service.ts';
import type { CompanyRegistration } from '../contract.ts';

/** A new company with its admin, who is logged in. @throws `conflict` for an address that logs in somewhere already. */
export async function registerCompany(request: FastifyRequest, reply: FastifyReply, form: CompanyRegistration) {
  checkNewPassword(form.admin_password, 'admin_password');
  const { server, origin } = request;
  const { secret, hash } = newSecret();
  const values = [
    form.company_name.trim(),
    form.admin_email,
    await hashPassword(form.admin_password),
    form.admin_first_name.trim(),
    form.admin_last_name.trim(),
    form.phone || null,
    hash,
    JSON.stringify(deviceOf(origin.ua)),
  ];
  const [opened] = await server.door
    .gate<OpenedSession & { company_id: string; trial_ends_at: string }>('register_company', values, {
      request: origin,
    })
    .catch(ifAddressTaken('admin_email'));
  if (opened === undefined) throw new ProblemError('internal');
  const { company_id: companyId, user_id: userId } = opened;
  await speak(server.door.asCompany({ companyId, userId, owners: '*', request: origin }), languageFrom(request));
  return {
    company_id: opened.company_id,
    admin_email: opened.email,
    trial_ends_at: opened.trial_ends_at,
    ...(await grant(reply, opened, secret, form.cookie === true)),
  };
}

const languageFrom = ({ headers }: FastifyRequest) => spoken((headers['accept-language'] ?? '').split(',')) ?? 'en';

/** Says of which field it is that the address already logs in. */
const ifAddressTaken = (field: string) => (error: { code?: string; constraint?: string }) => {
  if (error.code !== '23505' || error.constraint !== 'login_identities_email_key') throw error;
  throw new ProblemError('conflict', 'Somebody already logs in with this address.', [
    { field, code: 'taken', message: 'is already taken' },
  ]);
};
