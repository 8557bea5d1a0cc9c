import type { CountryCode } from 'libphonenumber-js';
import { cleanLine, cleanText } from './clean-text.ts';
import { type ContactField, type ContactInput, type TextField, textLimits } from './contact-fields.ts';
import { readEmail } from './email.ts';
import { splitName } from './names.ts';
import { type Outcome, tooLong } from './outcome.ts';
import { readPhone, splitPhones } from './phone.ts';
import { readSource } from './sources.ts';
import { readStatus } from './status.ts';
import { readTags } from './tags.ts';
import { readLinkedin, readTwitterHandle, readWebsite } from './web-addresses.ts';

type Draft = Partial<ContactInput>;
/** Puts a cell into the contact, or says why not. */
export type Reader = (cell: string, contact: Draft, country: CountryCode | undefined) => Outcome<unknown>;

const setText = (contact: Draft, field: TextField, value: string): Outcome<string> => {
  if (value === '') return undefined;
  if (value.length > textLimits[field]) return tooLong(value.length, textLimits[field]);
  contact[field] = value;
  return { value };
};

/** Longer cells hold no address, number or word that we know, and are refused before anybody searches them for one. */
const shapedChars = 1000;
const tooLongForShape = ({ length }: string) => (length > shapedChars ? tooLong(length, shapedChars) : undefined);

const text =
  (field: TextField): Reader =>
  (cell, contact) =>
    setText(contact, field, cleanLine(cell));

type WebField = 'email' | 'website' | 'linkedin_url' | 'twitter_handle';
const web =
  (field: WebField, read: (line: string) => Outcome<string>): Reader =>
  (cell, contact) => {
    const line = cleanLine(cell);
    const outcome = line === '' ? undefined : (tooLongForShape(line) ?? read(line));
    if (outcome && 'value' in outcome) contact[field] = outcome.value;
    return outcome;
  };

const phone =
  (field: 'phone' | 'mobile'): Reader =>
  (cell, contact, country) => {
    const long = tooLongForShape(cell);
    if (long) return long;
    const [first, second] = splitPhones(cleanText(cell));
    const outcome = first === undefined ? undefined : readPhone(first, country);
    if (outcome && 'value' in outcome) contact[field] = outcome.value;
    const spare = second === undefined || field === 'mobile' ? undefined : readPhone(second, country);
    // A column of mobile numbers, read before or after, is the better source.
    if (spare && 'value' in spare) contact.mobile ??= spare.value;
    return outcome;
  };

export const readers: Record<ContactField, Reader> = {
  first_name: text('first_name'),
  last_name: text('last_name'),
  company: text('company'),
  title: text('title'),
  type: text('type'),
  department: text('department'),
  address_line2: text('address_line2'),
  city: text('city'),
  state: text('state'),
  postal_code: text('postal_code'),
  country: text('country'),
  notes: (cell, contact) => setText(contact, 'notes', cleanText(cell)),
  address_line1(cell, contact) {
    const [first = '', ...rest] = cleanText(cell).split('\n').map(cleanLine).filter(Boolean);
    const outcome = setText(contact, 'address_line1', first);
    if (outcome && 'code' in outcome) return outcome;
    return (
      (rest.length > 0 && contact.address_line2 === undefined && setText(contact, 'address_line2', rest.join(', '))) ||
      outcome
    );
  },
  full_name(cell, contact) {
    const { first_name = '', last_name = '' } = splitName(cleanLine(cell));
    const first = setText(contact, 'first_name', first_name);
    return first && 'code' in first ? first : setText(contact, 'last_name', last_name);
  },
  email: web('email', readEmail),
  website: web('website', readWebsite),
  linkedin_url: web('linkedin_url', readLinkedin),
  twitter_handle: web('twitter_handle', readTwitterHandle),
  phone: phone('phone'),
  mobile: phone('mobile'),
  status(cell, contact) {
    const line = cleanLine(cell);
    const outcome = line === '' ? undefined : (tooLongForShape(line) ?? readStatus(line));
    if (outcome && 'value' in outcome) contact.status = outcome.value;
    return outcome;
  },
  source(cell, contact) {
    const line = cleanLine(cell);
    const long = tooLongForShape(line);
    if (line === '' || long) return long;
    const { source, exact } = readSource(line);
    contact.source = source;
    if (!exact) contact.custom_fields = { ...contact.custom_fields, original_source: line.slice(0, 255) };
    return { value: source };
  },
  lead_score(cell, contact) {
    const line = cleanLine(cell);
    if (line === '') return undefined;
    const score = /^[+-]?\d{1,9}([.,]0*)?$/.test(line) ? Number.parseInt(line, 10) : Number.NaN;
    if (Number.isNaN(score)) {
      return { code: 'invalid_number', message: `“${line.slice(0, 100)}” is not a whole number.` };
    }
    contact.lead_score = score;
    return { value: score };
  },
  tags(cell, contact) {
    const tags = readTags(cleanText(cell));
    if (tags.length > 0) contact.tags = tags;
    return { value: tags };
  },
  owner(cell, contact) {
    const line = cleanLine(cell);
    if (line !== '') contact.owner = line.slice(0, 255);
    return { value: line };
  },
};
