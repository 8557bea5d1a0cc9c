import type { Item } from '../../../web/api/client.ts';
import type { Tone } from '../../../web/kit/status.tsx';

export type Contact = Item<'/api/contacts'>;
export type ContactStatus = Contact['status'];
export type ContactSource = NonNullable<Contact['source']>;

/** In the order of a sale. */
export const tones: Record<ContactStatus, Tone> = {
  NEW: 'new',
  LEAD: 'calm',
  PROSPECT: 'calm',
  CONTACTED: 'active',
  QUALIFIED: 'active',
  CUSTOMER: 'good',
  UNQUALIFIED: 'bad',
  INACTIVE: 'idle',
};
export const statuses = Object.keys(tones) as ContactStatus[];
export const sources: ContactSource[] = [
  'website',
  'referral',
  'linkedin',
  'cold_email',
  'trade_show',
  'social_media',
  'other',
];

export const fullName = (contact: Pick<Contact, 'first_name' | 'last_name'>) =>
  `${contact.first_name} ${contact.last_name}`.trim();
