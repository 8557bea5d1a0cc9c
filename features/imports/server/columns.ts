import { isSupportedCountry } from 'libphonenumber-js';
import { isLanguage, languages } from '../../../contracts/languages.ts';
import { invalid } from '../../../server/platform/problems.ts';
import { sayerIn } from '../../../server/platform/said.ts';
import type { Column } from '../contract.ts';
import { isContactField } from './mapping/contact-fields.ts';
import { guessMapping } from './mapping/guess-mapping.ts';

/** Columns that a file of rows to correct has before those of the original; never imported. */
export const errorHeaders = [
  'Import row',
  'Import outcome',
  'Import column',
  'Import value',
  'Import problem',
] as const;
const inAnyLanguage: ReadonlySet<string> = new Set(
  Object.keys(languages)
    .filter(isLanguage)
    .flatMap((language) => errorHeaders.map(sayerIn(language))),
);

const customKey = /^[a-z][a-z0-9_]{0,49}$/;

export interface CustomFieldRule {
  known: ReadonlySet<string>;
  /** Whether fields of the company's own may be added. */
  mayDefine: boolean;
}

/** The guess, held to the custom fields that there are or that the user may add. */
export function guessColumns(headers: string[], sample: string[][], { known, mayDefine }: CustomFieldRule) {
  const { source, columns } = guessMapping(headers, sample);
  const keys = new Set<string>();
  const guessed = columns.map((column): Column => {
    if (inAnyLanguage.has(column.header)) {
      return {
        header: column.header,
        field: null,
        confidence: 1,
        reason: 'It says what was wrong at an earlier import.',
      };
    }
    if (!column.field?.startsWith('custom:')) return { ...column };
    const key = ownKey(column.field.slice('custom:'.length), keys);
    if (known.has(key) || mayDefine) return { ...column, field: `custom:${key}` };
    const reason = 'No field of ours fits. An administrator can add a field of your own for it.';
    return { header: column.header, field: null, confidence: 0, reason };
  });
  return { source, columns: guessed };
}

/** A key as definitions of custom fields have them; no two of one file are the same. */
function ownKey(wanted: string, taken: Set<string>): string {
  const plain = wanted
    .replace(/[^a-z0-9_]/g, '')
    .replace(/^_+/, '')
    .slice(0, 40);
  const start = /^[a-z]/.test(plain) ? plain : `field_${plain}`.replace(/_$/, '');
  let key = start;
  for (let n = 2; taken.has(key); n += 1) key = `${start}_${n}`;
  taken.add(key);
  return key;
}

/** The columns after a change; an unknown header or field, or one field twice, is refused. */
export function changeColumns(
  columns: readonly Column[],
  change: Record<string, string | null>,
  { known, mayDefine }: CustomFieldRule,
): Column[] {
  const headers = new Set(columns.map(({ header }) => header));
  const exists = (field: string): boolean => {
    if (!field.startsWith('custom:')) return isContactField(field);
    const key = field.slice('custom:'.length);
    return known.has(key) || (mayDefine && customKey.test(key));
  };
  for (const [header, field] of Object.entries(change)) {
    if (!headers.has(header)) throw invalid('mapping', 'unknown_column', `the file has no column “${header}”`);
    if (field !== null && !exists(field)) throw invalid('mapping', 'unknown_field', `there is no field “${field}”`);
  }
  const changed = columns.map((column) => {
    const field = Object.hasOwn(change, column.header) ? change[column.header] : undefined;
    return field === undefined ? column : { header: column.header, field, confidence: 1, reason: 'You chose it.' };
  });
  const given = changed.flatMap(({ field }) => field ?? []);
  const twice = given.find((field, at) => given.indexOf(field) !== at);
  if (twice !== undefined) throw invalid('mapping', 'field_twice', `two columns go into “${twice}”`);
  return changed;
}

/** Keys of custom fields that the columns go into, with the header that names each. */
export const customColumns = (columns: readonly Column[]): { key: string; label: string }[] =>
  columns.flatMap(({ header, field }) =>
    field?.startsWith('custom:') ? [{ key: field.slice('custom:'.length), label: header.slice(0, 100) }] : [],
  );

export function checkCountry(country: string | null | undefined): void {
  if (country && !isSupportedCountry(country)) throw invalid('default_country', 'unknown', 'is not a country');
}
