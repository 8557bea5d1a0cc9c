import { q, statement } from '../../../server/tenancy/query.ts';
import type { ContactChange, ContactCreate, ContactQuery } from '../contract.ts';

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

export function contactList({ status, source, owner_id, email, company, tag }: ContactQuery) {
  let query = q.selectFrom('contacts').select(contactColumns).where('deleted_at', 'is', null);
  if (status !== undefined) query = query.where('status', '=', status);
  if (source !== undefined) query = query.where('source', '=', source);
  if (owner_id !== undefined) query = query.where('owner_id', '=', owner_id);
  if (email !== undefined) query = query.where('email', '=', email);
  if (company !== undefined) query = query.where('company', '=', company);
  if (tag !== undefined) query = query.where((e) => e(e.val(tag), '=', e.fn.any('tags')));
  return query;
}

export const insertContact = (contact: ContactCreate) =>
  q.insertInto('contacts').values(contact).returning(contactColumns);

export function updateContact(id: string, change: ContactChange, version: number | undefined) {
  const query = q.updateTable('contacts').set(change).where('id', '=', id).where('deleted_at', 'is', null);
  return (version === undefined ? query : query.where('version', '=', version)).returning(contactColumns);
}

export const softDeleteContact = (id: string) =>
  q
    .updateTable('contacts')
    .set({ deleted_at: new Date().toISOString() })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning(['id', 'owner_id', 'private_to']);

export const restoreContact = (id: string) =>
  q
    .updateTable('contacts')
    .set({ deleted_at: null })
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .returning(contactColumns);
