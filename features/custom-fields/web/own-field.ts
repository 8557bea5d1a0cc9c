import type { Field } from './field.ts';

export type OwnFieldType =
  | 'text'
  | 'email'
  | 'phone'
  | 'url'
  | 'choice'
  | 'multi'
  | 'number'
  | 'money'
  | 'boolean'
  | 'date';

export interface Option {
  value: string;
  label: string;
}

/** What forms and facts need to know of a field. */
export interface AnyField<Type extends string = OwnFieldType> {
  key: string;
  label: string;
  type: Type;
  options?: Option[];
  isRequired?: boolean;
}

/** A field that the company defined. */
export interface OwnField extends AnyField {
  stored: Field['type'];
}

/** What was typed as the field holds it; null empties it. What is no number stays as it is, for the server to refuse. */
export function parsed(type: string, text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (type === 'number') {
    const number = Number(trimmed.replace(',', '.'));
    return Number.isFinite(number) ? number : trimmed;
  }
  if (type === 'boolean') return trimmed === 'true';
  if (type === 'money') return trimmed.replace(',', '.');
  return trimmed;
}

/** What was typed into the company's own fields, as the API takes it: what is emptied is null. */
export const ownChange = (fields: OwnField[], typed: Record<string, unknown>, keys = Object.keys(typed)) =>
  Object.fromEntries(
    keys.map((key) => {
      const value = typed[key] ?? null;
      const type = fields.find((field) => field.key === key)?.type ?? 'text';
      return [key, typeof value === 'string' ? parsed(type, value) : value];
    }),
  );
