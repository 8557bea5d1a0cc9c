import { listPage, type Page, type PageRequest, type Sort, type SortKey } from '../../../server/platform/list.ts';
import { invalid } from '../../../server/platform/problems.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { customFieldFilter } from '../../custom-fields/server/service.ts';
import type { Contact, ContactFilters } from '../contract.ts';
import { filteredContacts, isSearch } from './filter.ts';
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
};
const binSorts = { ...sorts, deleted_at: { sql: 'contacts.deleted_at', type: 'timestamptz' } };
const searchSorts = { ...sorts, relevance: [{ sql: 'hit.rank', type: 'integer' }, ...name] };

/** A sparse answer may lack the field that it is sorted by: the list then selects the value for itself. */
const withoutFields = (all: Record<string, Sort>) =>
  Object.fromEntries(
    Object.entries(all).map(([key, sort]) => [key, [sort].flat().map(({ field: _, ...rest }: SortKey) => rest)]),
  ) as Record<string, Sort>;

export interface ContactListRequest extends PageRequest {
  fields?: string;
}

/** One page of the contacts that pass the filters and that the caller sees. */
export async function contactPage(
  company: CompanyStatements,
  filters: ContactFilters,
  { fields, ...request }: ContactListRequest,
): Promise<Page<Contact>> {
  const custom = await customFieldFilter(company, 'contacts', filters);
  const searching = isSearch(filters);
  const all = searching ? searchSorts : filters.deleted ? binSorts : sorts;
  return listPage(
    company,
    {
      name: 'contacts',
      table: 'contacts',
      query: filteredContacts(filters, custom).select(columnsOf(fields)) as never,
      sorts: fields === undefined ? all : withoutFields(all),
      defaultSort: searching ? 'relevance' : filters.deleted ? '-deleted_at' : '-created_at',
    },
    request,
  );
}

function columnsOf(fields: string | undefined): readonly (typeof contactColumns)[number][] {
  if (fields === undefined) return contactColumns;
  const wanted = new Set(['id', ...fields.split(',').map((field) => field.trim())]);
  const chosen = contactColumns.filter((column) => wanted.delete(column.slice('contacts.'.length)));
  const [unknown] = wanted;
  if (unknown !== undefined) throw invalid('fields', 'unknown_field', 'must be fields of a contact');
  return chosen;
}
