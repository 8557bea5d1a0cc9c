import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { Sort, SortKey } from '../../../server/platform/list.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import type { ContactFilters, ContactGroup, ContactGroups } from '../contract.ts';
import { filteredContacts, narrowingBy } from './filter.ts';
import type { Asked } from './lists.ts';

/** More groups than this nobody reads: the rest of a company's customers follow as one. */
const MOST = 5000;

/** What rows of one group share. What has no value has an empty one: such a group comes first. */
export const groupKeys: Record<ContactGroup, SortKey> = {
  status: { sql: 'contacts.status', type: 'text' },
  source: { sql: `coalesce(contacts.source, '')`, type: 'text' },
  owner_id: { sql: 'contacts.owner_id', type: 'uuid' },
  company: { sql: `coalesce(contacts.company_key, '')`, type: 'text' },
};

/** The sort within groups. A cursor compares a row's values at once, so a missing one becomes two that are not. */
export function withinGroups(group: ContactGroup, sort: Sort, isDescending: boolean): Sort {
  const within = [sort].flat().flatMap(({ nullable, ...key }: SortKey): SortKey[] => {
    if (!nullable) return [key];
    const isThere = { sql: `(${key.sql} is ${isDescending ? 'not null' : 'null'})`, type: 'boolean' };
    return [isThere, { sql: `coalesce(${key.sql}, '')`, type: key.type }];
  });
  return [groupKeys[group], ...within];
}

interface Counted {
  value: string | null;
  count: number;
  total: number;
}

/** How many contacts each group has, in the order in which a list that is sorted ascending has them. */
export async function contactGroups(
  company: CompanyStatements,
  by: ContactGroup,
  filters: ContactFilters,
  { custom, condition }: Asked,
): Promise<Static<typeof ContactGroups>> {
  const key = sql.raw(groupKeys[by].sql);
  // Companies are one whatever their letters' case; the group is called as one of them is written.
  const value = by === 'company' ? sql`min(contacts.company)` : sql`(${key})::text`;
  const counted = filteredContacts(narrowingBy(filters, custom), condition)
    .select([
      sql<string | null>`nullif(${value}, '')`.as('value'),
      sql<number>`count(*)::int`.as('count'),
      sql<number>`(sum(count(*)) over ())::int`.as('total'),
    ])
    .groupBy(sql`${key}`)
    .orderBy(sql`${key}`)
    .limit(MOST);
  const groups = await company.many<Counted>(counted as never);
  return { items: groups.map(({ value, count }) => ({ value, count })), total: groups[0]?.total ?? 0 };
}
