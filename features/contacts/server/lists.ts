import { type RawBuilder, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { List, Sort, SortKey } from '../../../server/platform/list.ts';
import { invalid } from '../../../server/platform/problems.ts';
import { q, slot } from '../../../server/tenancy/query.ts';
import type { CustomFields } from '../../custom-fields/server/service.ts';
import type { Contact, ContactGroup, ContactQuery } from '../contract.ts';
import { filteredContacts, type Narrowing, narrowingBy } from './filter.ts';
import { withinGroups } from './groups.ts';
import { contactColumns } from './queries.ts';

const text = (sql: string, nullable = false): SortKey => ({ sql, type: 'text', ...(nullable ? { nullable } : {}) });
const createdAt: SortKey = { sql: 'contacts.created_at', type: 'timestamptz', field: 'created_at' };
const name = [text('contacts.last_key'), text('contacts.first_key')];

const sorts: Record<string, Sort> = {
  created_at: createdAt,
  updated_at: { sql: 'contacts.updated_at', type: 'timestamptz', field: 'updated_at' },
  name,
  email: text('contacts.email_key', true),
  company: text('contacts.company_key', true),
  lead_score: { sql: 'contacts.lead_score', type: 'integer', field: 'lead_score' },
  status: [{ ...text('contacts.status'), field: 'status' }, createdAt],
  phone: text('contacts.phone collate "C"', true),
  // The first tag: the others stand behind it in the table too.
  tags: text('contacts.tags[1] collate "C"', true),
  // By name, as a reader looks for them; their ids are in no order.
  owner: [text('owners.owner_last_key'), text('owners.owner_first_key')],
};
/** The names that a list by owner is sorted by. They are of another table, so such a list reads all that it filters. */
const owners = q
  .selectFrom('users')
  .select([
    'users.id as owner_key',
    sql<string>`lower(users.last_name) collate "C"`.as('owner_last_key'),
    sql<string>`lower(users.first_name) collate "C"`.as('owner_first_key'),
  ])
  .as('owners');
const binSorts = { ...sorts, deleted_at: { sql: 'contacts.deleted_at', type: 'timestamptz', field: 'deleted_at' } };
const searchSorts = { ...sorts, relevance: [{ sql: 'hit.rank', type: 'integer' }, ...name] };

/** A sparse answer may lack the field that it is sorted by: the list then selects the value for itself. */
const withoutFields = (all: Record<string, Sort>): Record<string, Sort> =>
  Object.fromEntries(
    Object.entries(all).map(([key, sort]) => [key, [sort].flat().map(({ field: _, ...rest }: SortKey) => rest)]),
  );

type ContactListQuery = Pick<ContactQuery, 'fields' | 'group' | 'sort'> & Parameters<typeof narrowingBy>[0];

/** What of a query depends on what the company defined. */
export interface Asked {
  /** What their custom fields contain. */
  custom?: CustomFields | undefined;
  condition?: RawBuilder<boolean> | undefined;
}

type ContactList = List<'contacts', Contact>;
/** Lists whose values are slots, by what their statements say. */
const lists = new LRUCache<string, ContactList>({ max: 200 });

/** The list of contacts that pass the query's filters: built once for all queries that differ in values only. */
export function contactPage(query: ContactListQuery, { custom, condition }: Asked = {}): ContactList {
  const narrowing = narrowingBy(query, custom);
  // A nested filter is as its author made it: hardly two are alike.
  if (condition !== undefined) return narrowedPage(query, narrowing, condition);
  const { values, ...said } = narrowing;
  const { group, fields, sort } = query;
  const ordered = group === undefined ? isByOwner(query) : [group, isByOwner(query), sort?.startsWith('-')];
  const shape = `contacts ${JSON.stringify([said, Object.keys(values), ordered, fields])}`;
  let list = lists.get(shape);
  if (list === undefined) {
    const slots = Object.fromEntries(Object.keys(values).map((name) => [name, slot(name)]));
    list = narrowedPage(query, { ...said, values: slots }, undefined);
    lists.set(shape, list);
  }
  return { ...list, bound: { shape, values } };
}

const isByOwner = ({ sort }: ContactListQuery) => sort === 'owner' || sort === '-owner';

function narrowedPage(
  query: ContactListQuery,
  narrowing: Narrowing,
  condition: RawBuilder<boolean> | undefined,
): ContactList {
  const { searching, deleted } = narrowing;
  const defaultSort = searching ? 'relevance' : deleted ? '-deleted_at' : '-created_at';
  const single = searching ? searchSorts : deleted ? binSorts : sorts;
  const all = query.group === undefined ? single : grouped(single, query.group, query.sort ?? defaultSort);
  const contacts = filteredContacts(narrowing, condition);
  const joined = isByOwner(query) ? contacts.innerJoin(owners, 'owners.owner_key', 'contacts.owner_id') : contacts;
  return {
    name: query.group === undefined ? 'contacts' : `contacts by ${query.group}`,
    table: 'contacts',
    query: joined.select(columnsOf(query.fields)) as never,
    sorts: query.fields === undefined ? all : withoutFields(all),
    defaultSort,
  };
}

const grouped = (all: Record<string, Sort>, group: ContactGroup, chosen: string): Record<string, Sort> =>
  Object.fromEntries(
    Object.entries(all).map(([key, sort]) => [key, withinGroups(group, sort, chosen.startsWith('-'))]),
  );

function columnsOf(fields: string | undefined): readonly (typeof contactColumns)[number][] {
  if (fields === undefined) return contactColumns;
  const wanted = new Set(['id', ...fields.split(',').map((field) => field.trim())]);
  const chosen = contactColumns.filter((column) => wanted.delete(column.slice('contacts.'.length)));
  if (wanted.size > 0) throw invalid('fields', 'unknown_field', 'must be fields of a contact, with commas between');
  return chosen;
}
