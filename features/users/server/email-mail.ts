import { readConfig } from '../../../server/platform/config.ts';
import { enqueue, type Job } from '../../../server/platform/jobs.ts';
import { queueMail } from '../../../server/platform/mail/job.ts';
import { mailer } from '../../../server/platform/mail/mailer.ts';
import { compose } from '../../../server/platform/mail/message.ts';
import { decrypt, encrypt } from '../../../server/platform/secrets.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { writeToken } from '../../auth/server/service.ts';

const PURPOSE = 'e-mail confirmation links';

/** Sends the link to the new address; to one that logs in already, only that it does. The asker is told neither. */
export const confirmAddress: Job<{ change_id: string; sealed: string }> = {
  name: 'users.confirm_address',
  run: async (company, { change_id, sealed }) => {
    const [change] = await company.gate<{ email: string; token_hash: Buffer; taken: boolean }>('address_logs_in', [
      change_id,
    ]);
    if (change === undefined) return;
    const secret = Buffer.from(decrypt(PURPOSE, sealed, change.token_hash.toString('base64url')), 'base64url');
    const url = `${readConfig().publicUrl}/confirm-email?token=${writeToken(company.context.companyId, secret)}`;
    const letter = change.taken
      ? {
          paragraphs: [
            'Hello,',
            'Somebody, perhaps you, wanted to log in to Bulkhead with this address. It logs in already, so nothing was changed.',
          ],
        }
      : {
          paragraphs: [
            'Hello,',
            'Open the link below to log in to Bulkhead with this address from now on. It works once, for a day.',
          ],
          action: { label: 'Confirm the address', url },
        };
    await mailer().send({
      id: change_id,
      ...compose({ to: change.email, subject: 'Confirm your new address', ...letter }),
    });
  },
};

export const mailConfirmation = (tx: CompanyStatements, change_id: string, secret: Buffer, hash: Buffer) =>
  enqueue(tx, confirmAddress, {
    change_id,
    sealed: encrypt(PURPOSE, secret.toString('base64url'), hash.toString('base64url')),
  });

/** The former address hears of it: were it a thief's doing, its owner would otherwise never know. */
export const mailFormerAddress = (
  company: CompanyStatements,
  { old_email, new_email }: { old_email: string; new_email: string },
) =>
  queueMail(company, {
    to: old_email,
    subject: 'Your address was changed',
    paragraphs: [
      'Hello,',
      `Your Bulkhead account logs in with ${new_email} from now on, and no longer with this address.`,
      'If that was not you, tell the admin of your company at once.',
    ],
  });
