import { readConfig } from '../../../server/platform/config.ts';
import { enqueue, type Job } from '../../../server/platform/jobs.ts';
import { mailer } from '../../../server/platform/mail/mailer.ts';
import { compose, type Letter } from '../../../server/platform/mail/message.ts';
import { decrypt, encrypt } from '../../../server/platform/secrets.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { writeToken } from '../../auth/server/service.ts';
import { markSent } from './queries.ts';

interface Payload {
  invitation_id: string;
  sealed: string;
}
interface ToMail {
  email: string;
  first_name: string | null;
  message: string | null;
  token_hash: Buffer;
  company_name: string;
  invited_by: string | null;
  expires_at: string;
  taken: boolean;
}

const PURPOSE = 'invitation links';

/** The secret of a link as it waits in the queue: openable only for the invitation that still has its hash. */
export const sealedFor = (secret: Buffer, hash: Buffer): string =>
  `${hash.toString('hex')}.${encrypt(PURPOSE, secret.toString('base64url'), hash.toString('base64url'))}`;

export const mailLater = (company: CompanyStatements, invitation_id: string, secret: Buffer, hash: Buffer) =>
  enqueue(company, mailInvitation, { invitation_id, sealed: sealedFor(secret, hash) });

/**
 * Sends the link, unless the invitation was used, taken back or renewed meanwhile. Whether the address logs in elsewhere
 * only its reader is told, here, and never who invited them: they could ask about anybody.
 */
export const mailInvitation: Job<Payload> = {
  name: 'invitations.mail',
  run: async (company, { invitation_id, sealed }) => {
    const [row] = await company.gate<ToMail>('invitation_to_mail', [invitation_id]);
    const hash = sealed.slice(0, 64);
    if (row === undefined || row.token_hash.toString('hex') !== hash) return;
    const secret = Buffer.from(decrypt(PURPOSE, sealed.slice(65), row.token_hash.toString('base64url')), 'base64url');
    const url = `${readConfig().publicUrl}/accept-invitation?token=${writeToken(company.context.companyId, secret)}`;
    // The same letter has the same id, so that one which is sent twice is recognised as one.
    await mailer().send({
      id: `${invitation_id}.${hash.slice(0, 12)}`,
      ...compose(row.taken ? refusal(row) : welcome(row, url)),
    });
    await company.run(markSent(invitation_id));
  },
};

const hello = (name: string | null) => (name ? `Hello ${name},` : 'Hello,');

function welcome({ email, first_name, message, company_name, invited_by, expires_at }: ToMail, url: string): Letter {
  return {
    to: email,
    subject: `${company_name} invites you to Bulkhead`,
    paragraphs: [
      hello(first_name),
      `${invited_by ?? 'The service'} invites you to join ${company_name} on Bulkhead.`,
      ...(message ? [message] : []),
      `The link below works once, until ${expires_at.slice(0, 10)}.`,
    ],
    action: { label: 'Accept the invitation', url },
  };
}

function refusal({ email, first_name, company_name, invited_by }: ToMail): Letter {
  return {
    to: email,
    subject: `${company_name} invites you to Bulkhead`,
    paragraphs: [
      hello(first_name),
      `${invited_by ?? 'The service'} invites you to join ${company_name} on Bulkhead, but you log in to another company with this address already.`,
      'One address logs in to one company. To accept, ask to be invited under another address. Whoever invited you has not been told.',
    ],
  };
}
