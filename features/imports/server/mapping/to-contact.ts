import type { CountryCode } from 'libphonenumber-js';
import { cleanText } from './clean-text.ts';
import {
  type ContactField,
  type ContactInput,
  type CustomField,
  isContactField,
  type MappedColumn,
} from './contact-fields.ts';
import { countryCode } from './countries.ts';
import { type CellErrorCode, type Outcome, tooLong } from './outcome.ts';
import { type Reader, readers } from './readers.ts';

export interface CellError {
  /** The header of the column */
  column: string;
  field: string;
  code: CellErrorCode;
  message: string;
  value: string;
}
export interface ContactMapping {
  columns: MappedColumn[];
  /** For phone numbers without a country code in rows that name no country. */
  defaultCountry?: CountryCode;
}

const customChars = 1000;
const mostCountryChars = 100;

/** Reads one row. Cells that cannot be used are left out and reported; empty ones are left out. Required fields are the caller's. */
export function toContact(cells: string[], { columns, defaultCountry }: ContactMapping) {
  const contact: Partial<ContactInput> = {};
  const errors: CellError[] = [];
  const countryAt = columns.findIndex(({ field }) => field === 'country');
  const country = countryCode((cells[countryAt] ?? '').slice(0, mostCountryChars)) ?? defaultCountry;

  for (const [index, { header, field }] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (field === null || cell.trim() === '') continue;
    const outcome = spreadsheetError(cell) ?? reader(field)(cell, contact, country);
    if (outcome && 'code' in outcome) {
      errors.push({ column: header, field, code: outcome.code, message: outcome.message, value: cell.slice(0, 500) });
    }
  }
  return { contact, errors };
}

function spreadsheetError(cell: string): Extract<Outcome<never>, { code: string }> | undefined {
  const shown = cell.trim();
  if (!/^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|NV|BEZUG!|WERT!|#+)$/i.test(shown)) return undefined;
  return {
    code: 'spreadsheet_error',
    message: `The spreadsheet shows the error ${shown} here. Correct the formula or type the value.`,
  };
}

function reader(field: ContactField | CustomField): Reader {
  if (isContactField(field)) return readers[field];
  const key = /^custom:(.+)$/s.exec(field)?.[1];
  if (key === undefined) throw new RangeError(`There is no field ${field} to import into.`);
  return (cell, contact) => readCustom(cell, key, contact);
}

function readCustom(cell: string, key: string, contact: Partial<ContactInput>): Outcome<string> {
  const value = cleanText(cell);
  if (value.length > customChars) return tooLong(value.length, customChars);
  contact.custom_fields = { ...contact.custom_fields, [key]: value };
  return { value };
}
