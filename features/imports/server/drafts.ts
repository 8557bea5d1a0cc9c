import type { Problem } from '../contract.ts';
import { type ContactValues, storable } from './contact-values.ts';
import { readCustomValue } from './custom-values.ts';
import type { ContactInput } from './mapping/contact-fields.ts';
import { toContact } from './mapping/to-contact.ts';
import type { TableRow } from './parse/table.ts';
import type { Rules } from './rules.ts';

/** A row of the file as it was understood, before the company's contacts are looked at. */
export interface Draft {
  number: number;
  cells: string[];
  values: Partial<ContactValues>;
  problems: Problem[];
  failed: boolean;
  /** By which the contact is recognised; none where the row does not say, or where it does not matter. */
  keys: string[];
}

/** Reads a row. Without its key, or with nothing that names a contact, it fails; other bad cells are left out. */
export function draftOf({ number, cells: raw, error }: TableRow, rules: Rules): Draft {
  const cells = raw.map(storable);
  if (error !== undefined) {
    const column = error.column === undefined ? null : (rules.mapping.columns[error.column - 1]?.header ?? null);
    const problems = [{ column, field: null, code: error.code, message: error.message, value: null }];
    return { number, cells, values: {}, problems, failed: true, keys: [] };
  }
  const { contact, errors } = toContact(cells, rules.mapping);
  const problems: Problem[] = errors.map((one) => ({ ...one, value: storable(one.value) }));
  const values = valuesOf(contact, rules, problems);
  const keyFields = rules.matchBy === 'email' ? ['email'] : ['phone', 'mobile'];
  // Imported without it, the row would become a second contact when it is corrected and imported again.
  let failed = rules.mode !== 'create' && problems.some(({ field }) => keyFields.includes(field ?? ''));
  if (!namesSomebody(values) && !failed) {
    const message = 'The row has no name, e-mail address, phone number or company, so there is nothing to call it by.';
    problems.push({ column: null, field: null, code: 'nameless', message, value: null });
    failed = true;
  }
  return { number, cells, values, problems, failed, keys: failed ? [] : keysOf(values, rules) };
}

const namesSomebody = ({ first_name, last_name, email, phone, mobile, company }: Partial<ContactValues>) =>
  Boolean(first_name || last_name || email || phone || mobile || company);

/** The keys that contacts of the same values are recognised by. */
export function keysOf({ email, phone, mobile }: Partial<ContactValues>, { matchBy, mode }: Rules): string[] {
  if (mode === 'create') return [];
  const keys = matchBy === 'email' ? [email?.toLowerCase()] : [phoneKey(phone), phoneKey(mobile)];
  return [...new Set(keys.filter((key) => key !== undefined))];
}

/** As the columns phone_key and mobile_key have it. */
function phoneKey(phone: string | null | undefined): string | undefined {
  const digits = phone?.replace(/[^0-9]/g, '') ?? '';
  return digits.length >= 7 ? digits.slice(-9) : undefined;
}

function valuesOf(contact: Partial<ContactInput>, rules: Rules, problems: Problem[]): Partial<ContactValues> {
  const { owner, custom_fields, lead_score, ...plain } = contact;
  const values: Partial<ContactValues> = plain;
  const report = (field: string, value: unknown, code: string, message: string) => {
    const column = rules.mapping.columns.find((one) => one.field === field)?.header ?? null;
    problems.push({ column, field, code, message, value: storable(String(value).slice(0, 500)) });
  };
  if (lead_score !== undefined) {
    if (lead_score >= 0 && lead_score <= 1000) values.lead_score = lead_score;
    else report('lead_score', lead_score, 'out_of_range', 'A score goes from 0 to 1000.');
  }
  if (owner !== undefined) {
    const id = rules.owners.get(owner.toLowerCase());
    if (id !== undefined) values.owner_id = id;
    else
      report(
        'owner',
        owner,
        'unknown_owner',
        'Nobody of that name whose records you see; the contact goes to the import’s owner.',
      );
  }
  for (const [key, text] of Object.entries(custom_fields ?? {})) {
    const definition = rules.customFields.get(key);
    if (definition === undefined) continue;
    const read = readCustomValue(storable(text), definition);
    if ('value' in read) values.custom_fields = { ...values.custom_fields, [key]: read.value };
    else report(`custom:${key}`, text, 'wrong_type', read.message);
  }
  return values;
}
