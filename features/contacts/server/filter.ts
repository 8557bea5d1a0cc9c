import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { DB } from '../../../db/types.ts';
import { q } from '../../../server/tenancy/query.ts';
import type { CustomFields } from '../../custom-fields/server/service.ts';
import type { ContactFilters } from '../contract.ts';

const exact = [
  'status',
  'source',
  'owner_id',
  'lead_score',
  'phone',
  'mobile',
  'title',
  'type',
  'department',
  'website',
  'address_line1',
  'address_line2',
  'city',
  'state',
  'postal_code',
  'country',
  'linkedin_url',
  'twitter_handle',
] as const;
/** Compared without regard to case, by the key that is indexed. */
const folded = {
  email: 'email_key',
  company: 'company_key',
  first_name: 'first_key',
  last_name: 'last_key',
} as const;
/** Bound as they were asked for. */
const compared = [
  ...exact,
  'email',
  'company',
  'first_name',
  'last_name',
  'lead_score_min',
  'lead_score_max',
  'created_from',
  'updated_from',
  'tag',
] as const;
const foldedNames = Object.keys(folded) as (keyof typeof folded)[];

export const isSearch = ({ search, deleted }: ContactFilters): boolean =>
  search !== undefined && /\S/.test(search) && deleted !== true;

type Contacts = SelectQueryBuilder<DB, 'contacts', object>;

const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Filters as a statement of them has them: what it binds, by name, and what it says. */
export interface Narrowing {
  /** A name that is there decides what the statement says, its value does not. */
  values: Readonly<Record<string, unknown>>;
  searching: boolean;
  deleted: boolean;
  has_email: boolean | undefined;
}

export function narrowingBy(filters: ContactFilters, custom: CustomFields | undefined): Narrowing {
  const values: Record<string, unknown> = {};
  const searching = isSearch(filters);
  if (searching) {
    values.search = filters.search;
    values.narrowed = JSON.stringify(filtersInside(filters, custom));
  } else if (filters.search !== undefined) {
    for (const [i, word] of filters.search.split(/\s+/).entries()) values[`word_${i}`] = like(word);
  }
  for (const field of compared) if (filters[field] !== undefined) values[field] = filters[field];
  const { created_to, updated_to, notes } = filters;
  if (created_to !== undefined) values.created_to = after(created_to);
  if (updated_to !== undefined) values.updated_to = after(updated_to);
  if (notes !== undefined) values.notes = like(notes);
  if (custom !== undefined) values.custom = JSON.stringify(custom);
  return { values, searching, deleted: filters.deleted === true, has_email: filters.has_email };
}

/** The contacts that pass, before columns are chosen. A search joins the function's hits as `hit`, with their rank. */
export function filteredContacts(
  { values, searching, deleted, has_email }: Narrowing,
  condition: RawBuilder<boolean> | undefined,
): Contacts {
  let query = q.selectFrom('contacts') as Contacts;
  if (searching) {
    query = query.innerJoin(
      sql<{ id: string; rank: number }>`gate.search_contacts(${values.search}, ${values.narrowed}::jsonb)`.as('hit'),
      (join) => join.on(sql`hit.id`, '=', sql`contacts.id`),
    ) as unknown as Contacts;
  }
  for (let i = 0; values[`word_${i}`] !== undefined; i += 1) {
    query = query.where('search_text', 'like', sql<string>`lower(${values[`word_${i}`]})`);
  }
  query = deleted
    ? query.where('deleted_at', 'is not', null).where('merged_into_id', 'is', null)
    : query.where('deleted_at', 'is', null);

  for (const field of exact) {
    if (values[field] !== undefined) query = query.where(`contacts.${field}`, '=', values[field] as never);
  }
  for (const field of foldedNames) {
    if (values[field] !== undefined) query = query.where(folded[field], '=', sql<string>`lower(${values[field]})`);
  }
  const { lead_score_min, lead_score_max, created_from, created_to, updated_from, updated_to, tag, notes, custom } =
    values as Record<string, never>;
  if (lead_score_min !== undefined) query = query.where('lead_score', '>=', lead_score_min);
  if (lead_score_max !== undefined) query = query.where('lead_score', '<=', lead_score_max);
  if (created_from !== undefined) query = query.where('contacts.created_at', '>=', created_from);
  if (created_to !== undefined) query = query.where('contacts.created_at', '<', created_to);
  if (updated_from !== undefined) query = query.where('contacts.updated_at', '>=', updated_from);
  if (updated_to !== undefined) query = query.where('contacts.updated_at', '<', updated_to);
  if (notes !== undefined) query = query.where('contacts.notes', 'ilike', notes);
  if (tag !== undefined) query = query.where((e) => e(e.val(tag as string), '=', e.fn.any('tags')));
  if (has_email !== undefined) query = query.where('email_key', has_email ? 'is not' : 'is', null);
  if (custom !== undefined) query = query.where(sql<boolean>`custom_fields @> ${custom}::jsonb`);
  if (condition !== undefined) query = query.where(condition);
  return query;
}

/** The first instant after a day or an instant, so that `created_to` includes what it names. */
function after(instant: string): string {
  const wholeDay = /^\d{4}-\d{2}-\d{2}$/.test(instant);
  const time = new Date(instant).getTime() + (wholeDay ? 86_400_000 : 1);
  return new Date(time).toISOString();
}

/** The filters that the search applies before it counts its hits; the list applies every filter once more. */
function filtersInside(filters: ContactFilters, custom: CustomFields | undefined): Record<string, unknown> {
  const equal: Record<string, unknown> = {};
  for (const field of exact) if (filters[field] !== undefined) equal[field] = filters[field];
  for (const field of foldedNames) {
    const value = filters[field];
    // Only for ASCII do JavaScript and PostgreSQL agree on lower case for certain.
    if (value !== undefined && !/[^ -~]/.test(value)) equal[folded[field]] = value.toLowerCase();
  }
  if (filters.tag !== undefined) equal.tags = [filters.tag];
  if (custom !== undefined) equal.custom_fields = custom;
  const { lead_score_min, lead_score_max, created_from, created_to, updated_from, updated_to, notes, has_email } =
    filters;
  return {
    ...(Object.keys(equal).length === 0 ? {} : { equal }),
    ...(lead_score_min === undefined ? {} : { lead_score_min }),
    ...(lead_score_max === undefined ? {} : { lead_score_max }),
    ...(created_from === undefined ? {} : { created_from }),
    ...(created_to === undefined ? {} : { created_before: after(created_to) }),
    ...(updated_from === undefined ? {} : { updated_from }),
    ...(updated_to === undefined ? {} : { updated_before: after(updated_to) }),
    ...(notes === undefined ? {} : { notes: like(notes) }),
    ...(has_email === undefined ? {} : { has_email }),
  };
}
