import type { Language } from '../../../contracts/languages.ts';
import { greeting } from '../../../server/platform/mail/greeting.ts';
import type { Letter } from '../../../server/platform/mail/message.ts';

export interface Reader {
  email: string;
  first_name: string;
  language: Language;
}

type Texts = Record<Language, Omit<Letter, 'to' | 'action'> & { link: string }>;

const reset: Texts = {
  en: {
    subject: 'Set a new password',
    paragraphs: [
      'Somebody, hopefully you, asked for a new password for your Bulkhead account. The link below works once, for one hour.',
      'If it was not you, you need not do anything: your password stays as it is.',
    ],
    link: 'Set a new password',
  },
  de: {
    subject: 'Neues Passwort festlegen',
    paragraphs: [
      'jemand, hoffentlich Sie selbst, hat ein neues Passwort für Ihr Bulkhead-Konto angefordert. Der Link unten gilt einmal und eine Stunde lang.',
      'Waren Sie es nicht, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.',
    ],
    link: 'Neues Passwort festlegen',
  },
};

const changed: Texts = {
  en: {
    subject: 'Your password was changed',
    paragraphs: [
      'The password of your Bulkhead account was changed, and your other sessions were ended.',
      'If it was not you, reset it now, and tell the admin of your company.',
    ],
    link: 'Reset the password',
  },
  de: {
    subject: 'Ihr Passwort wurde geändert',
    paragraphs: [
      'das Passwort Ihres Bulkhead-Kontos wurde geändert, und Ihre anderen Sitzungen wurden beendet.',
      'Waren Sie es nicht, setzen Sie es jetzt zurück und sagen Sie dem Admin Ihrer Firma Bescheid.',
    ],
    link: 'Passwort zurücksetzen',
  },
};

const written = (texts: Texts, { email, first_name, language }: Reader, url: string): Letter => {
  const { link, subject, paragraphs } = texts[language];
  return {
    to: email,
    subject,
    paragraphs: [greeting(language, first_name), ...paragraphs],
    action: { label: link, url },
  };
};

export const resetLetter = (reader: Reader, url: string) => written(reset, reader, url);
export const passwordChangedLetter = (reader: Reader, resetUrl: string) => written(changed, reader, resetUrl);
