import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkNewPassword, hashPassword } from '../../../server/platform/password.ts';
import { ProblemError } from '../../../server/platform/problems.ts';
import { deviceOf, grant, hashOf, newSecret, type OpenedSession } from '../../auth/server/service.ts';
import type { Joining } from '../contract.ts';
import { ifAddressTaken } from './register.ts';

/**
 * Makes the invited person a user and logs them in. The token is base64url; `invitations.token_hash` is the SHA-256 of
 * its bytes (auth's `newSecret` makes both).
 * @throws `gone` for an invitation that never was, was used or revoked, or has expired; `conflict` for an address that
 * logs in elsewhere.
 */
export async function joinByInvitation(request: FastifyRequest, reply: FastifyReply, form: Joining) {
  checkNewPassword(form.password, 'password');
  const { server, origin } = request;
  const { secret, hash } = newSecret();
  const values = [
    hashOf(Buffer.from(form.invitation_token, 'base64url')),
    await hashPassword(form.password),
    form.first_name.trim(),
    form.last_name.trim(),
    form.phone || null,
    hash,
    JSON.stringify(deviceOf(origin.ua)),
  ];
  const [opened] = await server.door
    .gate<OpenedSession>('join_by_invitation', values, { request: origin })
    .catch(ifAddressTaken('invitation_token'));
  if (opened === undefined)
    throw new ProblemError('gone', 'This invitation was used or has expired. Ask for a new one.');
  return grant(reply, opened, secret, form.cookie === true);
}
