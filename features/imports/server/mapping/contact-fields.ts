export const contactStatuses = [
  'NEW',
  'LEAD',
  'PROSPECT',
  'CONTACTED',
  'QUALIFIED',
  'UNQUALIFIED',
  'CUSTOMER',
  'INACTIVE',
] as const;
export type ContactStatus = (typeof contactStatuses)[number];

export const contactSources = [
  'website',
  'referral',
  'linkedin',
  'cold_email',
  'trade_show',
  'social_media',
  'other',
] as const;
export type ContactSource = (typeof contactSources)[number];

/** Plain texts and the longest that each may be. */
export const textLimits = {
  first_name: 100,
  last_name: 100,
  company: 200,
  title: 100,
  type: 100,
  department: 100,
  address_line1: 255,
  address_line2: 255,
  city: 100,
  state: 100,
  postal_code: 20,
  country: 100,
  notes: 10_000,
} as const;
export type TextField = keyof typeof textLimits;

export interface ContactInput extends Record<TextField, string> {
  email: string;
  phone: string;
  mobile: string;
  website: string;
  linkedin_url: string;
  twitter_handle: string;
  status: ContactStatus;
  source: ContactSource;
  lead_score: number;
  tags: string[];
  custom_fields: Record<string, string>;
  /** As the file names them, by name or e-mail address; who that is, only the company's user list knows. */
  owner: string;
}

export const contactFields = [
  ...(Object.keys(textLimits) as TextField[]),
  'email',
  'phone',
  'mobile',
  'website',
  'linkedin_url',
  'twitter_handle',
  'status',
  'source',
  'lead_score',
  'tags',
  'owner',
  /** First and last name in one cell */
  'full_name',
] as const;
export type ContactField = (typeof contactFields)[number];
export type CustomField = `custom:${string}`;

export type ImportSource = 'hubspot' | 'salesforce' | 'pipedrive' | 'google' | 'outlook' | 'unknown';

export interface MappedColumn {
  header: string;
  field: ContactField | CustomField | null;
}
export interface GuessedColumn extends MappedColumn {
  /** 0 to 1 */
  confidence: number;
  /** For people: why this field, or why none. */
  reason: string;
}

export const isContactField = (field: string): field is ContactField =>
  (contactFields as readonly string[]).includes(field);
