import { readConfig } from '../../../server/platform/config.ts';
import { enqueue, type Job } from '../../../server/platform/jobs.ts';
import { mailer } from '../../../server/platform/mail/mailer.ts';
import { compose } from '../../../server/platform/mail/message.ts';
import { decrypt, encrypt } from '../../../server/platform/secrets.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { writeToken } from '../../auth/server/service.ts';
import { languageOf } from '../../users/server/language-service.ts';
import { type Invited, invitationLetter } from './letters.ts';
import { markSent } from './queries.ts';

interface Payload {
  invitation_id: string;
  sealed: string;
}
interface ToMail extends Invited {
  token_hash: Buffer;
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
    // Who is invited has no account that could tell: the company's language is the best guess.
    const language = await languageOf(company, null);
    // The same letter has the same id, so that one which is sent twice is recognised as one.
    await mailer().send({
      id: `${invitation_id}.${hash.slice(0, 12)}`,
      ...compose(invitationLetter(row, language, row.taken ? undefined : url)),
    });
    await company.run(markSent(invitation_id));
  },
};
