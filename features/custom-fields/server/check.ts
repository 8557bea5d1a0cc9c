import type { FieldError } from '../../../contracts/problem.ts';
import type { customFieldTypes } from '../contract.ts';

/** What the company says about one of its fields. */
export interface Definition {
  key: string;
  type: (typeof customFieldTypes)[number];
  options: readonly string[];
  is_required: boolean;
}

// PostgreSQL's text cannot hold NUL.
const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most && !value.includes('\0');

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value) || value < '0001-01-01') return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function isUrl(value: unknown): boolean {
  return isText(value, 2000) && /^https?:\/\//i.test(value) && URL.canParse(value);
}

const RULES: Record<Definition['type'], [(value: unknown, options: readonly string[]) => boolean, string]> = {
  text: [(v) => isText(v, 5000), 'must be a text of at most 5,000 characters'],
  number: [(v) => typeof v === 'number' && Number.isFinite(v), 'must be a number'],
  date: [isDay, 'must be a day such as 2026-01-31'],
  boolean: [(v) => typeof v === 'boolean', 'must be true or false'],
  select: [(v, options) => typeof v === 'string' && options.includes(v), 'must be one of the options'],
  multi_select: [
    (v, options) => Array.isArray(v) && new Set(v).size === v.length && v.every((one) => options.includes(one)),
    'must be a list of different options',
  ],
  url: [isUrl, 'must be an address that begins with http:// or https://'],
  email: [(v) => isText(v, 255) && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(v), 'must be an e-mail address'],
  phone: [(v) => isText(v, 50) && /^[+\d(][\d\s()./-]*(\s?(x|ext\.?)\s?\d+)?$/i.test(v), 'must be a telephone number'],
  money: [(v) => typeof v === 'string' && /^-?\d{1,13}(\.\d{1,2})?$/.test(v), 'must be an amount such as "1250.00"'],
};

/** What is wrong with a record's custom fields. A null takes a value away; `creating` wants every required one. */
export function errorsIn(
  definitions: readonly Definition[],
  values: Readonly<Record<string, unknown>>,
  creating: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  const add = (key: string, code: string, message: string) =>
    errors.push({ field: `custom_fields.${key.slice(0, 100)}`, code, message });
  const known = new Map(definitions.map((definition) => [definition.key, definition]));
  for (const [key, value] of Object.entries(values)) {
    const definition = known.get(key);
    if (definition === undefined) add(key, 'unknown_field', 'is not a field that your company defined');
    else if (value === null) {
      if (definition.is_required) add(key, 'required', 'is required');
    } else {
      const [holds, message] = RULES[definition.type];
      if (!holds(value, definition.options)) add(key, 'wrong_type', message);
    }
  }
  if (creating) {
    for (const { key, is_required } of definitions) {
      if (is_required && !Object.hasOwn(values, key)) add(key, 'required', 'is required');
    }
  }
  return errors;
}

/** A filter's text as the value that records hold. */
export function filterValue({ type }: Definition, text: string): unknown {
  if (type === 'number') return Number(text);
  if (type === 'boolean') return text === 'true';
  if (type === 'multi_select') return [text];
  return text;
}
