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
});
export type Values = ReturnType<typeof valuesOf>;
export type Field = keyof Values;

const same = (a: Values, b: Values) => (field: Field) => String(a[field]) === String(b[field]);

/** The fields in which two states of the form differ. */
export const differing = (a: Values, b: Values): Field[] =>
  (Object.keys(a) as Field[]).filter((field) => !same(a, b)(field));

/** What both changed, and not to the same: `base` is what both saw first. */
export const clashing = (base: Values, mine: Values, theirs: Values): Field[] => {
  const changedByMe = differing(base, mine);
  return differing(base, theirs).filter((field) => changedByMe.includes(field) && !same(mine, theirs)(field));
};

/** Theirs, with what I changed on top, except for the fields that are given up. */
export function rebased(base: Values, mine: Values, theirs: Values, givenUp: Field[] = []): Values {
  const kept = differing(base, mine).filter((field) => !givenUp.includes(field));
  return { ...theirs, ...Object.fromEntries(kept.map((field) => [field, mine[field]])) };
}

/** The changed fields as the API takes them: what is emptied is null. */
export function changeOf(base: Values, mine: Values) {
  const { value, probability, tags, ...texts } = mine;
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
  return Object.fromEntries(Object.entries(whole).filter(([field]) => changed.includes(field as Field))) as Partial<
    typeof whole
  >;
}
