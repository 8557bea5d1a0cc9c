import { type RawBuilder, sql } from 'kysely';
import { q, statement, statementOfFields } from '../../../server/tenancy/query.ts';
import type { CustomFields } from '../../custom-fields/server/service.ts';
import type { ContactChange, ContactCreate } from '../contract.ts';

export const contactColumns = [
  'contacts.id',
  'contacts.first_name',
  'contacts.last_name',
  'contacts.email',
  'contacts.phone',
  'contacts.mobile',
  'contacts.company',
  'contacts.title',
  'contacts.type',
  'contacts.department',
  'contacts.website',
  'contacts.address_line1',
  'contacts.address_line2',
  'contacts.city',
  'contacts.state',
  'contacts.postal_code',
  'contacts.country',
  'contacts.status',
  'contacts.source',
  'contacts.lead_score',
  'contacts.owner_id',
  'contacts.private_to',
  'contacts.tags',
  'contacts.custom_fields',
  'contacts.notes',
  'contacts.linkedin_url',
  'contacts.twitter_handle',
  'contacts.deleted_at',
  'contacts.created_at',
  'contacts.updated_at',
  'contacts.version',
] as const;

export const oneContact = statement(['id'], (slot) =>
  q.selectFrom('contacts').select(contactColumns).where('id', '=', slot.id).where('deleted_at', 'is', null),
);

/** The same, to be sent as it is: `sendRow` takes the version. */
export const oneContactToSend = statement(['id'], (slot) =>
  q
    .selectFrom('contacts')
    .select([...contactColumns, 'contacts.version as $version'])
    .where('id', '=', slot.id)
    .where('deleted_at', 'is', null),
);

/** One that was deleted, and that can be restored. */
export const deletedContact = (id: string) =>
  q
    .selectFrom('contacts')
    .select(contactColumns)
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .where('merged_into_id', 'is', null);

export const insertContact = statementOfFields((contact: ContactCreate) =>
  q.insertInto('contacts').values(contact).returning(contactColumns),
);

/** A change whose custom fields are laid over the stored ones: see `mergeCustomFields`. */
export type StoredChange = Omit<ContactChange, 'custom_fields'> & { custom_fields?: RawBuilder<CustomFields> };

interface Update extends StoredChange {
  id: string;
  /** The version that is to be changed, and no other. */
  expected?: number | undefined;
}

function updating({ id, expected, ...change }: Update) {
  const query = q.updateTable('contacts').set(change).where('id', '=', id).where('deleted_at', 'is', null);
  return (expected === undefined ? query : query.where('version', '=', expected)).returning(contactColumns);
}

const updateOfFields = statementOfFields(updating);

export function updateContact(id: string, change: StoredChange, expected: number | undefined) {
  const update = { ...change, id, expected };
  // How custom fields are laid over the stored ones is an expression: it has values of its own.
  return change.custom_fields === undefined ? updateOfFields(update) : updating(update);
}

export const softDeleteContact = (id: string) =>
  q
    .updateTable('contacts')
    .set({ deleted_at: sql`now()` })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning(['id', 'owner_id', 'private_to']);

export const restoreContact = (id: string) =>
  q
    .updateTable('contacts')
    .set({ deleted_at: null })
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .where('merged_into_id', 'is', null)
    .returning(contactColumns);

/** Where a contact that was merged lives on, if the caller sees both. */
export const mergedInto = (id: string) =>
  q
    .selectFrom('contacts as merged')
    .innerJoin('contacts as kept', 'kept.id', 'merged.merged_into_id')
    .select('kept.id')
    .where('merged.id', '=', id)
    .where('kept.deleted_at', 'is', null);
