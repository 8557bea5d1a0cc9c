import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkNewPassword, hashPassword } from '../../../server/platform/password.ts';
import { found, notFound, ProblemError } from '../../../server/platform/problems.ts';
import type { Company, CompanyStatements, Door } from '../../../server/tenancy/door.ts';
import { deviceOf, grant, newSecret, type OpenedSession, readToken } from '../../auth/server/service.ts';
import type { Acceptance, InvitationSend } from '../contract.ts';
import { mailLater } from './mail.ts';
import {
  colleagueWith,
  insertColleague,
  insertInvitation,
  joinTeam,
  oneInvitation,
  renewInvitation,
  revokeByAddress,
} from './queries.ts';

export { sealedFor } from './mail.ts';

const DAYS = 7;
const expiry = () => new Date(Date.now() + DAYS * 86_400_000).toISOString();

/** Invites somebody by e-mail; the letter is queued in the same transaction. @throws `conflict` for a colleague. */
export async function sendInvitation(company: Company, form: InvitationSend) {
  return company.transaction(async (tx) => {
    if ((await tx.first(colleagueWith({ email: form.email }))) !== undefined) {
      throw new ProblemError('conflict', 'Somebody with this address works here already.', [
        { field: 'email', code: 'taken', message: 'is already taken' },
      ]);
    }
    return found(await tx.first(oneInvitation({ id: await invite(tx, form, null) })));
  });
}

/**
 * Enters a colleague who can be given records at once, and logs in when they have accepted the letter's invitation.
 * The answer does not tell whether their address logs in to another company: only the letter does.
 */
export async function enterColleague(company: Company, form: InvitationSend): Promise<string> {
  return company.transaction(async (tx) => {
    const { id } = found(await tx.first(insertColleague(form)));
    if (form.team_id) await tx.run(joinTeam(id, form.team_id));
    await invite(tx, form, id);
    return id;
  });
}

/** Sends the letter anew with a new link; the old one is dead. */
export async function resendInvitation(company: Company, id: string) {
  const { secret, hash } = newSecret();
  return company.transaction(async (tx) => {
    found(await tx.first(oneInvitation({ id })));
    if ((await tx.first(renewInvitation(id, hash, expiry()))) === undefined) {
      throw new ProblemError('conflict', 'The invitation was accepted or taken back already.');
    }
    await mailLater(tx, id, secret, hash);
    return found(await tx.first(oneInvitation({ id })));
  });
}

async function invite(tx: CompanyStatements, form: InvitationSend, userId: string | null): Promise<string> {
  const { secret, hash } = newSecret();
  await tx.run(revokeByAddress(form.email));
  const { id } = found(await tx.first(insertInvitation(form, hash, expiry(), userId)));
  await mailLater(tx, id, secret, hash);
  return id;
}

export interface Offer {
  email: string;
  user_role: 'company_admin' | 'sales_manager' | 'sales_rep';
  first_name: string | null;
  last_name: string | null;
  company_name: string;
  invited_by: string | null;
  expires_at: string;
}

/** What the holder of a link is offered. @throws `not-found`, or `gone` once it was used, taken back or has expired */
export async function readOffer(door: Door, token: string): Promise<Offer> {
  const { companyId, hash } = parse(token);
  const [row] = await door.gate<Offer & { state: string }>('invitation_of', [companyId, hash]);
  const { state, ...offer } = found(row);
  if (state === 'pending') return offer;
  throw gone();
}

const gone = () => new ProblemError('gone', 'This invitation was used, taken back, or has expired. Ask for a new one.');

/**
 * Makes the invited person a user of the company and logs them in.
 * @throws `gone` for an invitation that never was, was used or taken back, or has expired: the four look the same;
 * `conflict` for an address that logs in elsewhere
 */
export async function acceptInvitation(request: FastifyRequest, reply: FastifyReply, form: Acceptance) {
  checkNewPassword(form.password, 'password');
  const { server, origin } = request;
  // A hash costs 20 ms of a core: not for links that are no good.
  await readOffer(server.door, form.token).catch((error: ProblemError) => {
    throw error.kind === 'not-found' ? gone() : error;
  });
  const { companyId, hash } = parse(form.token);
  const { secret, hash: refresh } = newSecret();
  const [opened] = await server.door.gate<OpenedSession>(
    'accept_invitation',
    [
      companyId,
      hash,
      await hashPassword(form.password),
      form.first_name.trim(),
      form.last_name.trim(),
      form.phone || null,
      refresh,
      JSON.stringify(deviceOf(origin.ua)),
    ],
    { request: origin },
  );
  if (opened === undefined) throw new ProblemError('internal');
  server.events.publish({ companyId, table: 'users', id: opened.user_id, action: 'created' });
  return grant(reply, opened, secret, form.cookie === true);
}

function parse(token: string): { companyId: string; hash: Buffer } {
  const read = readToken(token);
  if (read === undefined || read.companyId === null) throw notFound();
  return { companyId: read.companyId, hash: read.hash };
}
