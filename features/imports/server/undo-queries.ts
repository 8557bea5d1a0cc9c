import { sql } from 'kysely';
import { q } from '../../../server/tenancy/query.ts';
import type { ContactValues } from './contact-values.ts';

export interface ChangeToUndo {
  id: string;
  contact_id: string;
  action: 'created' | 'updated';
  contact_version: number;
  before: Partial<ContactValues>;
  after: Partial<ContactValues>;
}

export const changesToUndo = (importId: string, most: number) =>
  q
    .selectFrom('import_changes')
    .select([
      'id',
      'contact_id',
      sql<'created' | 'updated'>`action`.as('action'),
      'contact_version',
      sql<Partial<ContactValues>>`before`.as('before'),
      sql<Partial<ContactValues>>`after`.as('after'),
    ])
    .where('import_id', '=', importId)
    .where('undo', 'is', null)
    .orderBy('id')
    .limit(most);

/** Those of the contacts that somebody has begun to work with. */
export const referencedContacts = (contacts: readonly string[]) => {
  const of = (table: 'deals' | 'activities' | 'notes') =>
    q
      .selectFrom(table)
      .select('contact_id')
      .where('contact_id', '=', sql<string>`any (${contacts}::uuid[])`)
      .where('deleted_at', 'is', null);
  return of('deals').union(of('activities')).union(of('notes'));
};

export interface Undone {
  id: string;
  undo: 'undone' | 'partly' | 'kept';
  undo_reason: string | null;
}

export const markUndone = (changes: readonly Undone[]) =>
  q
    .updateTable('import_changes')
    .from(
      sql<Undone>`jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)`.as<'n'>(
        sql`n(id uuid, undo text, undo_reason text)`,
      ),
    )
    .set({ undo: sql`n.undo`, undo_reason: sql`n.undo_reason` })
    .whereRef('import_changes.id', '=', 'n.id' as never);

export const countUndone = (importId: string, undone: number, kept: number) =>
  q
    .updateTable('imports')
    .set((e) => ({
      contacts_undone: e('contacts_undone', '+', undone),
      contacts_kept: e('contacts_kept', '+', kept),
    }))
    .where('id', '=', importId);
