import type { Contact } from '../contact.ts';

/** What a merge can take from either contact, in the order in which people look at it. Tags are united. */
export const mergeable = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'mobile',
  'company',
  'title',
  'department',
  'type',
  'status',
  'owner_id',
  'source',
  'lead_score',
  'website',
  'linkedin_url',
  'twitter_handle',
  'address_line1',
  'address_line2',
  'city',
  'state',
  'postal_code',
  'country',
  'notes',
  'custom_fields',
] as const;
export type Mergeable = (typeof mergeable)[number];

export type Side = 'kept' | 'duplicate';
/** Both: notes are joined, fields of the company's own fill each other's gaps. */
export type Choice = Side | 'both';
export type Choices = Partial<Record<Mergeable, Choice>>;

const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Whose value stays unless one chooses: as the server does it when it is not told. */
export function choiceOf(field: Mergeable, choices: Choices, kept: Contact, duplicate: Contact): Choice {
  const chosen = choices[field];
  if (chosen) return chosen;
  if (isEmpty(duplicate[field])) return 'kept';
  if (isEmpty(kept[field])) return 'duplicate';
  return canJoin(field) ? 'both' : 'kept';
}

export const canJoin = (field: Mergeable) => field === 'notes' || field === 'custom_fields';

/** Fields on which the two do not agree: what there is to decide. */
export const differing = (kept: Contact, duplicate: Contact): Mergeable[] =>
  mergeable.filter((field) => {
    const [a, b] = [kept[field], duplicate[field]];
    return !(isEmpty(a) && isEmpty(b)) && JSON.stringify(a) !== JSON.stringify(b);
  });

export function fieldsToSend(choices: Choices): Partial<Record<Mergeable, Side>> {
  return Object.fromEntries(Object.entries(choices).filter(([, choice]) => choice !== 'both'));
}
