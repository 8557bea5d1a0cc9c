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
const foldedNames = Object.keys(folded) as (keyof typeof folded)[];

export const isSearch = ({ search, deleted }: ContactFilters): boolean =>
  search !== undefined && /\S/.test(search) && deleted !== true;

type Contacts = SelectQueryBuilder<DB, 'contacts', object>;

/** The contacts that pass, before columns are chosen. A search joins the function's hits as `hit`, with their rank. */
export function filteredContacts(
  filters: ContactFilters,
  custom: CustomFields | undefined,
  condition: RawBuilder<boolean> | undefined,
): Contacts {
  let query = q.selectFrom('contacts') as Contacts;
  if (isSearch(filters)) {
    const narrowed = JSON.stringify(filtersInside(filters, custom));
    query = query.innerJoin(
      sql<{ id: string; rank: number }>`gate.search_contacts(${filters.search}, ${narrowed}::jsonb)`.as('hit'),
      (join) => join.on(sql`hit.id`, '=', sql`contacts.id`),
    ) as unknown as Contacts;
  } else if (filters.search !== undefined) {
    for (const word of filters.search.split(/\s+/)) {
      const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
      query = query.where('search_text', 'like', sql<string>`lower(${pattern})`);
    }
  }
  query = filters.deleted
    ? query.where('deleted_at', 'is not', null).where('merged_into_id', 'is', null)
    : query.where('deleted_at', 'is', null);

  for (const field of exact) {
    const value = filters[field];
    if (value !== undefined) query = query.where(`contacts.${field}`, '=', value as never);
  }
  for (const field of foldedNames) {
    const value = filters[field];
    if (value !== undefined) query = query.where(folded[field], '=', sql<string>`lower(${value})`);
  }
  const { lead_score_min, lead_score_max, created_from, created_to, tag, has_email } = filters;
  if (lead_score_min !== undefined) query = query.where('lead_score', '>=', lead_score_min);
  if (lead_score_max !== undefined) query = query.where('lead_score', '<=', lead_score_max);
  if (created_from !== undefined) query = query.where('contacts.created_at', '>=', created_from);
  if (created_to !== undefined) query = query.where('contacts.created_at', '<', after(created_to));
  if (tag !== undefined) query = query.where((e) => e(e.val(tag), '=', e.fn.any('tags')));
  if (has_email !== undefined) query = query.where('email_key', has_email ? 'is not' : 'is', null);
  if (custom !== undefined) query = query.where(sql<boolean>`custom_fields @> ${JSON.stringify(custom)}::jsonb`);
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
  const { lead_score_min, lead_score_max, created_from, created_to, has_email } = filters;
  return {
    ...(Object.keys(equal).length === 0 ? {} : { equal }),
    ...(lead_score_min === undefined ? {} : { lead_score_min }),
    ...(lead_score_max === undefined ? {} : { lead_score_max }),
    ...(created_from === undefined ? {} : { created_from }),
    ...(created_to === undefined ? {} : { created_before: after(created_to) }),
    ...(has_email === undefined ? {} : { has_email }),
  };
}
