import { type OwnField, ownChange } from '../../custom-fields/web/own-field.ts';
import { amount } from './amount.ts';
import type { Deal } from './deal.ts';

/** A deal as the form's fields hold it. */
export const valuesOf = (deal: Deal) => ({
  title: deal.title,
  value: deal.value,
  currency: deal.currency,
  probability: String(deal.probability),
  expected_close_date: deal.expected_close_date ?? '',
  owner_id: deal.owner_id,
  contact_id: deal.contact_id ?? '',
  company: deal.company ?? '',
  tags: deal.tags,
  description: deal.description ?? '',
  custom_fields: { ...deal.custom_fields } as Record<string, unknown>,
});
export type Values = ReturnType<typeof valuesOf>;
type CommonField = Exclude<keyof Values, 'custom_fields'>;
/** A field of every deal, or one that the company defined. */
export type Field = CommonField | `custom_fields.${string}`;

const own = (field: Field) => (field.startsWith('custom_fields.') ? field.slice('custom_fields.'.length) : undefined);
/** What the form holds in a field. */
export function valueIn(values: Values, field: Field): unknown {
  const key = own(field);
  return key === undefined ? values[field as CommonField] : values.custom_fields[key];
}
const fieldsOf = ({ custom_fields, ...common }: Values): Field[] => [
  ...(Object.keys(common) as CommonField[]),
  ...Object.keys(custom_fields).map((key): Field => `custom_fields.${key}`),
];

const same = (a: Values, b: Values) => (field: Field) =>
  String(valueIn(a, field) ?? '') === String(valueIn(b, field) ?? '');

/** The fields in which two states of the form differ. */
export const differing = (a: Values, b: Values): Field[] =>
  [...new Set([...fieldsOf(a), ...fieldsOf(b)])].filter((field) => !same(a, b)(field));

/** What both changed, and not to the same: `base` is what both saw first. */
export const clashing = (base: Values, mine: Values, theirs: Values): Field[] => {
  const changedByMe = differing(base, mine);
  return differing(base, theirs).filter((field) => changedByMe.includes(field) && !same(mine, theirs)(field));
};

/** Theirs, with what I changed on top, except for the fields that are given up. */
export function rebased(base: Values, mine: Values, theirs: Values, givenUp: Field[] = []): Values {
  const kept = differing(base, mine).filter((field) => !givenUp.includes(field));
  const result = { ...theirs, custom_fields: { ...theirs.custom_fields } };
  for (const field of kept) {
    const key = own(field);
    if (key === undefined) Object.assign(result, { [field]: valueIn(mine, field) });
    else result.custom_fields[key] = valueIn(mine, field);
  }
  return result;
}

/** The changed fields as the API takes them: what is emptied is null. */
export function changeOf(base: Values, mine: Values, fields: OwnField[] = []) {
  const { value, probability, tags, custom_fields, ...texts } = mine;
  const whole = {
    ...texts,
    value: amount(value),
    probability: Number(probability.replace(',', '.')),
    tags,
    expected_close_date: texts.expected_close_date || null,
    contact_id: texts.contact_id || null,
    company: texts.company || null,
    description: texts.description || null,
  };
  const changed = differing(base, mine);
  const keys = changed.flatMap((field) => own(field) ?? []);
  return {
    ...(Object.fromEntries(Object.entries(whole).filter(([field]) => changed.includes(field as Field))) as Partial<
      typeof whole
    >),
    ...(keys.length > 0 ? { custom_fields: ownChange(fields, custom_fields, keys) } : {}),
  };
}
