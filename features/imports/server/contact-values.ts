import type { ContactSource, ContactStatus } from './mapping/contact-fields.ts';

/** What a contact says, as the database holds it: a null is an empty field. */
export interface ContactValues {
  first_name: string;
  last_name: string;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  company: string | null;
  title: string | null;
  type: string | null;
  department: string | null;
  website: string | null;
  address_line1: string | null;
  address_line2: string | null;
  city: string | null;
  state: string | null;
  postal_code: string | null;
  country: string | null;
  status: ContactStatus;
  source: ContactSource | null;
  lead_score: number;
  owner_id: string | null;
  tags: string[];
  custom_fields: Record<string, unknown>;
  notes: string | null;
  linkedin_url: string | null;
  twitter_handle: string | null;
}
export type Field = keyof ContactValues;

/** Each field with the database's type of it. */
export const fieldTypes: Record<Field, 'text' | 'citext' | 'integer' | 'uuid' | 'text[]' | 'jsonb'> = {
  first_name: 'text',
  last_name: 'text',
  email: 'citext',
  phone: 'text',
  mobile: 'text',
  company: 'text',
  title: 'text',
  type: 'text',
  department: 'text',
  website: 'text',
  address_line1: 'text',
  address_line2: 'text',
  city: 'text',
  state: 'text',
  postal_code: 'text',
  country: 'text',
  status: 'text',
  source: 'text',
  lead_score: 'integer',
  owner_id: 'uuid',
  tags: 'text[]',
  custom_fields: 'jsonb',
  notes: 'text',
  linkedin_url: 'text',
  twitter_handle: 'text',
};
export const fields = Object.keys(fieldTypes) as Field[];

export const emptyContact: ContactValues = {
  first_name: '',
  last_name: '',
  email: null,
  phone: null,
  mobile: null,
  company: null,
  title: null,
  type: null,
  department: null,
  website: null,
  address_line1: null,
  address_line2: null,
  city: null,
  state: null,
  postal_code: null,
  country: null,
  status: 'NEW',
  source: null,
  lead_score: 0,
  owner_id: null,
  tags: [],
  custom_fields: {},
  notes: null,
  linkedin_url: null,
  twitter_handle: null,
};

const mostTags = 50;

/** The contact with a row's values over its own. Empty cells take nothing away; tags and custom fields are added. */
export function merge(contact: ContactValues, row: Partial<ContactValues>): ContactValues {
  const { tags = [], custom_fields = {}, ...plain } = row;
  const known = new Set(contact.tags.map((tag) => tag.toLowerCase()));
  const added = tags.filter((tag) => !known.has(tag.toLowerCase()));
  return {
    ...contact,
    ...plain,
    tags: [...contact.tags, ...added].slice(0, Math.max(mostTags, contact.tags.length)),
    custom_fields: { ...contact.custom_fields, ...custom_fields },
  };
}

/** Text that jsonb and UTF-8 can hold: no NUL, no half of a surrogate pair. */
export const storable = (text: string): string =>
  /[\0\p{Cs}]/u.test(text) ? text.replace(/\0/g, '').replace(/\p{Cs}/gu, '\uFFFD') : text;

/** `a` and `b` as JSON, whatever the order of an object's keys. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key as never], b[key as never]))
  );
}
