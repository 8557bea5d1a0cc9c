import type { Language } from '../../../contracts/languages.ts';
import { readConfig } from '../../../server/platform/config.ts';
import { enqueue, type Job } from '../../../server/platform/jobs.ts';
import { greeting } from '../../../server/platform/mail/greeting.ts';
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
    free: 'Open the link below to log in to Bulkhead with this address from now on. It works once, for a day.',
    taken:
      'Somebody, perhaps you, wanted to log in to Bulkhead with this address. It logs in already, so nothing was changed.',
  },
  de: {
    subject: 'Neue Adresse bestätigen',
    label: 'Adresse bestätigen',
    free: 'öffnen Sie den Link unten, um sich künftig mit dieser Adresse bei Bulkhead anzumelden. Er gilt einmal und einen Tag lang.',
    taken:
      'jemand, vielleicht Sie selbst, wollte sich mit dieser Adresse bei Bulkhead anmelden. Mit ihr meldet sich schon jemand an; es wurde nichts geändert.',
  },
} satisfies Record<Language, unknown>;

const farewell: Record<Language, (email: string) => Pick<Letter, 'subject' | 'paragraphs'>> = {
  en: (email) => ({
    subject: 'Your address was changed',
    paragraphs: [
      `Your Bulkhead account logs in with ${email} from now on, and no longer with this address.`,
      'If that was not you, tell the admin of your company at once.',
    ],
  }),
  de: (email) => ({
    subject: 'Ihre Adresse wurde geändert',
    paragraphs: [
      `bei Ihrem Bulkhead-Konto melden Sie sich ab jetzt mit ${email} an und nicht mehr mit dieser Adresse.`,
      'Waren Sie das nicht, sagen Sie sofort dem Admin Ihrer Firma Bescheid.',
    ],
  }),
};

/** Sends the link to the new address; to one that logs in already, only that it does. The asker is told neither. */
export const confirmAddress: Job<{ change_id: string; sealed: string }> = {
  name: 'users.confirm_address',
  run: async (company, { change_id, sealed }) => {
    const [change] = await company.gate<{ email: string; taken: boolean }>('address_logs_in', [change_id]);
    if (change === undefined) return;
    const secret = Buffer.from(decrypt(PURPOSE, sealed, change_id), 'base64url');
    const url = `${readConfig().publicUrl}/confirm-email?token=${writeToken(company.context.companyId, secret)}`;
    const language = await languageOf(company, company.context.userId);
    const { subject, label, taken, free } = confirmation[language];
    const letter = { to: change.email, subject, paragraphs: [greeting(language), change.taken ? taken : free] };
    const action = change.taken ? {} : { action: { label, url } };
    await mailer().send({ id: change_id, ...compose({ ...letter, ...action }) });
  },
};

export const mailConfirmation = (tx: CompanyStatements, change_id: string, secret: Buffer) =>
  enqueue(tx, confirmAddress, { change_id, sealed: encrypt(PURPOSE, secret.toString('base64url'), change_id) });

/** The former address hears of it: were it a thief's doing, its owner would otherwise never know. */
export async function mailFormerAddress(
  company: CompanyStatements,
  { user_id, old_email, new_email }: { user_id: string; old_email: string; new_email: string },
): Promise<void> {
  const language = await languageOf(company, user_id);
  const { subject, paragraphs } = farewell[language](new_email);
  await queueMail(company, { to: old_email, subject, paragraphs: [greeting(language), ...paragraphs] });
}
