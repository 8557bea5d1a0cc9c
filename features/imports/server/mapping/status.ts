import { type ContactStatus, contactStatuses } from './contact-fields.ts';
import { headerWords } from './header-words.ts';
import type { Outcome } from './outcome.ts';

// HubSpot's lifecycle stages and lead statuses, Salesforce's lead statuses, Pipedrive's labels, and everyday words.
const words: Record<ContactStatus, string> = {
  NEW: 'new, open, open not contacted, not contacted, other, neu, offen, nuevo, abierto, nouveau, nouvelle, ouvert',
  LEAD: 'lead, subscriber, cold lead, warm lead, cold, warm, raw, cliente potencial, contact, abonnent, suscriptor, abonné',
  PROSPECT:
    'prospect, marketing qualified lead, mql, hot lead, hot, nurturing, nurture, interessent, prospecto, interesado, prospect chaud',
  CONTACTED:
    'contacted, working, working contacted, in progress, attempted to contact, attempted, connected, kontaktiert, in bearbeitung, contactado, en curso, contacté, en cours',
  QUALIFIED:
    'qualified, sales qualified lead, sql, opportunity, open deal, qualifiziert, calificado, cualificado, oportunidad, qualifié, opportunité',
  UNQUALIFIED:
    'unqualified, disqualified, not qualified, closed not converted, junk, recycled, unqualifiziert, nicht qualifiziert, descalificado, no calificado, no cualificado, non qualifié',
  CUSTOMER:
    'customer, client, evangelist, closed converted, converted, won, kunde, kundin, bestandskunde, cliente, client actif',
  INACTIVE:
    'inactive, bad timing, churned, former customer, lost, archived, inaktiv, ehemaliger kunde, inactivo, inactif, ancien client',
};

// “marketingqualifiedlead”, “Marketing Qualified Lead” and “MARKETING_QUALIFIED_LEAD” are one word.
const key = (text: string): string => headerWords(text).replaceAll(' ', '');

const statusOf = new Map<string, ContactStatus>();
for (const [status, list] of Object.entries(words) as [ContactStatus, string][]) {
  for (const word of list.split(', ')) statusOf.set(key(word), status);
}

export function readStatus(text: string): Outcome<ContactStatus> {
  const value = statusOf.get(key(text));
  return value
    ? { value }
    : {
        code: 'unknown_status',
        message: `We do not know the status “${text.slice(0, 100)}”. Use one of ${contactStatuses.join(', ')}.`,
      };
}
