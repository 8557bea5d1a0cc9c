import type { Language } from '../../../contracts/languages.ts';
import { greeting } from '../../../server/platform/mail/greeting.ts';
import type { Letter } from '../../../server/platform/mail/message.ts';

export interface Invited {
  email: string;
  first_name: string | null;
  message: string | null;
  company_name: string;
  invited_by: string | null;
  expires_at: string;
}

interface Texts {
  subject: (company: string) => string;
  invites: (by: string | null, company: string) => string;
  until: (day: string) => string;
  accept: string;
  /** To those whose address logs in to another company. */
  elsewhere: (by: string | null, company: string) => string;
  instead: string;
}

const texts: Record<Language, Texts> = {
  en: {
    subject: (company) => `${company} invites you to Bulkhead`,
    invites: (by, company) => `${by ?? 'The service'} invites you to join ${company} on Bulkhead.`,
    until: (day) => `The link below works once, until ${day}.`,
    accept: 'Accept the invitation',
    elsewhere: (by, company) =>
      `${by ?? 'The service'} invites you to join ${company} on Bulkhead, but you log in to another company with this address already.`,
    instead:
      'One address logs in to one company. To accept, ask to be invited under another address. Whoever invited you has not been told.',
  },
  de: {
    subject: (company) => `${company} lädt Sie zu Bulkhead ein`,
    invites: (by, company) => `${by ?? 'Der Dienst'} lädt Sie ein, bei Bulkhead für ${company} mitzuarbeiten.`,
    until: (day) => `Der Link unten gilt einmal, bis zum ${day}.`,
    accept: 'Einladung annehmen',
    elsewhere: (by, company) =>
      `${by ?? 'Der Dienst'} lädt Sie ein, bei Bulkhead für ${company} mitzuarbeiten, aber mit dieser Adresse melden Sie sich schon bei einer anderen Firma an.`,
    instead:
      'Eine Adresse meldet sich bei einer Firma an. Um anzunehmen, lassen Sie sich unter einer anderen Adresse einladen. Wer Sie eingeladen hat, erfährt davon nichts.',
  },
};

/** The letter to someone who is invited: with the link, or, without one, to someone whose address is taken. */
export function invitationLetter(invited: Invited, language: Language, url: string | undefined): Letter {
  const { email, first_name, message, company_name, invited_by, expires_at } = invited;
  const say = texts[language];
  const letter = { to: email, subject: say.subject(company_name) };
  const hello = greeting(language, first_name);
  if (url === undefined) {
    return { ...letter, paragraphs: [hello, say.elsewhere(invited_by, company_name), say.instead] };
  }
  const day = new Date(expires_at).toLocaleDateString(language, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    ...letter,
    paragraphs: [hello, say.invites(invited_by, company_name), ...(message ? [message] : []), say.until(day)],
    action: { label: say.accept, url },
  };
}
