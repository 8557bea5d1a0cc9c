import type { CountryCode } from 'libphonenumber-js';
import { cleanLine, cleanText } from './clean-text.ts';
import type { ContactInput, MappedColumn } from './contact-fields.ts';
import { countryCode } from './countries.ts';
import { type CellErrorCode, type Outcome, tooLong } from './outcome.ts';
import { readers } from './readers.ts';

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

/** Reads one row. Cells that cannot be used are left out and reported; empty ones are left out. Required fields are the caller's. */
export function toContact(cells: string[], { columns, defaultCountry }: ContactMapping) {
  const contact: Partial<ContactInput> = {};
  const errors: CellError[] = [];
  const countryAt = columns.findIndex(({ field }) => field === 'country');
  const country = countryCode(cells[countryAt] ?? '') ?? defaultCountry;

  for (const [index, { header, field }] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (field === null || cell.trim() === '') continue;
    const outcome = field.startsWith('custom:')
      ? readCustom(cell, field.slice('custom:'.length), contact)
      : readers[field as keyof typeof readers](spreadsheetError(cell) ? '' : cell, contact, country);
    const error = spreadsheetError(cell) ?? outcome;
    if (error && 'code' in error) {
      errors.push({ column: header, field, code: error.code, message: error.message, value: cell.slice(0, 500) });
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

function readCustom(cell: string, key: string, contact: Partial<ContactInput>): Outcome<string> {
  const value = cleanText(cell);
  if (value.length > customChars) return tooLong(value.length, customChars);
  if (spreadsheetError(cell) || cleanLine(key) === '') return undefined;
  contact.custom_fields = { ...contact.custom_fields, [key]: value };
  return { value };
}
