import type { Language } from '../../../contracts/languages.ts';
import { readConfig } from '../../../server/platform/config.ts';
import { enqueue, type Job } from '../../../server/platform/jobs.ts';
import { queueMail } from '../../../server/platform/mail/job.ts';
import { mailer } from '../../../server/platform/mail/mailer.ts';
import { compose, type Letter } from '../../../server/platform/mail/message.ts';
import { decrypt, encrypt } from '../../../server/platform/secrets.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { writeToken } from '../../auth/server/service.ts';
import { languageOf } from './language-service.ts';

const PURPOSE = 'e-mail confirmation links';

const confirmation = {
  en: {
    subject: 'Confirm your new address',
    label: 'Confirm the address',
    free: {
      paragraphs: [
        'Hello,',
        'Open the link below to log in to Bulkhead with this address from now on. It works once, for a day.',
      ],
    },
    taken: {
      paragraphs: [
        'Hello,',
        'Somebody, perhaps you, wanted to log in to Bulkhead with this address. It logs in already, so nothing was changed.',
      ],
    },
  },
  de: {
    subject: 'Neue Adresse bestätigen',
    label: 'Adresse bestätigen',
    free: {
      paragraphs: [
        'Guten Tag,',
        'öffnen Sie den Link unten, um sich künftig mit dieser Adresse bei Bulkhead anzumelden. Er gilt einmal und einen Tag lang.',
      ],
    },
    taken: {
      paragraphs: [
        'Guten Tag,',
        'jemand, vielleicht Sie selbst, wollte sich mit dieser Adresse bei Bulkhead anmelden. Mit ihr meldet sich schon jemand an; es wurde nichts geändert.',
      ],
    },
  },
} satisfies Record<Language, unknown>;

const farewell: Record<Language, (email: string) => Pick<Letter, 'subject' | 'paragraphs'>> = {
  en: (email) => ({
    subject: 'Your address was changed',
    paragraphs: [
      'Hello,',
      `Your Bulkhead account logs in with ${email} from now on, and no longer with this address.`,
      'If that was not you, tell the admin of your company at once.',
    ],
  }),
  de: (email) => ({
    subject: 'Ihre Adresse wurde geändert',
    paragraphs: [
      'Guten Tag,',
      `bei Ihrem Bulkhead-Konto melden Sie sich ab jetzt mit ${email} an und nicht mehr mit dieser Adresse.`,
      'Waren Sie das nicht, sagen Sie sofort dem Admin Ihrer Firma Bescheid.',
    ],
  }),
};

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
    const letters = confirmation[await languageOf(company, company.context.userId)];
    const letter = change.taken ? letters.taken : { ...letters.free, action: { label: letters.label, url } };
    await mailer().send({ id: change_id, ...compose({ to: change.email, subject: letters.subject, ...letter }) });
  },
};

export const mailConfirmation = (tx: CompanyStatements, change_id: string, secret: Buffer, hash: Buffer) =>
  enqueue(tx, confirmAddress, {
    change_id,
    sealed: encrypt(PURPOSE, secret.toString('base64url'), hash.toString('base64url')),
  });

/** The former address hears of it: were it a thief's doing, its owner would otherwise never know. */
export async function mailFormerAddress(
  company: CompanyStatements,
  { user_id, old_email, new_email }: { user_id: string; old_email: string; new_email: string },
): Promise<void> {
  await queueMail(company, { to: old_email, ...farewell[await languageOf(company, user_id)](new_email) });
}
