import { sql } from 'kysely';
import { q } from '../../../server/tenancy/query.ts';
import type { NoteCreate, NoteQuery } from '../contract.ts';

const columns = [
  'notes.id',
  'notes.body',
  'notes.author_id',
  'notes.contact_id',
  'notes.deal_id',
  'notes.pinned_at',
  'notes.deleted_at',
  'notes.created_at',
  'notes.updated_at',
  'notes.version',
] as const;
// Whoever sees the parent's owner's records hears of a note.
const heardBy = [
  sql<string>`coalesce(
    (select d.owner_id from deals d where d.company_id = notes.company_id and d.id = notes.deal_id),
    (select c.owner_id from contacts c where c.company_id = notes.company_id and c.id = notes.contact_id))`.as(
    'owner_id',
  ),
  sql<string | null>`coalesce(
    (select d.private_to from deals d where d.company_id = notes.company_id and d.id = notes.deal_id),
    (select c.private_to from contacts c where c.company_id = notes.company_id and c.id = notes.contact_id))`.as(
    'private_to',
  ),
] as const;

const parentsLive = sql<boolean>`
  (notes.contact_id is null or exists (select from contacts c
    where c.company_id = notes.company_id and c.id = notes.contact_id and c.deleted_at is null))
  and (notes.deal_id is null or exists (select from deals d
    where d.company_id = notes.company_id and d.id = notes.deal_id and d.deleted_at is null))`;
/** Its author, and those who see the author's records. */
const mayChange = sql<boolean>`app.sees(notes.author_id, null)`;

export function noteList({ contact_id, deal_id, author_id, pinned, deleted }: NoteQuery) {
  let query = q
    .selectFrom('notes')
    .select(columns)
    .where('notes.deleted_at', deleted ? 'is not' : 'is', null)
    .where(parentsLive);
  if (contact_id !== undefined) query = query.where('notes.contact_id', '=', contact_id);
  if (deal_id !== undefined) query = query.where('notes.deal_id', '=', deal_id);
  if (author_id !== undefined) query = query.where('notes.author_id', '=', author_id);
  if (pinned !== undefined) query = query.where('notes.pinned_at', pinned ? 'is not' : 'is', null);
  return query;
}

export const oneNote = (id: string) => noteList({}).where('notes.id', '=', id);
export const deletedNote = (id: string) => noteList({ deleted: true }).where('notes.id', '=', id);

export const insertNote = ({ pinned = false, ...note }: NoteCreate) =>
  q
    .insertInto('notes')
    .values({ ...note, ...(pinned ? { pinned_at: sql<string>`now()` } : {}) })
    .returning([...columns, ...heardBy]);

const live = (id: string) =>
  q.updateTable('notes').where('notes.id', '=', id).where('notes.deleted_at', 'is', null).where(parentsLive);

export function updateNote(id: string, body: string, version: number | undefined) {
  const query = live(id).set({ body }).where(mayChange);
  return (version === undefined ? query : query.where('notes.version', '=', version)).returning([
    ...columns,
    ...heardBy,
  ]);
}

export const pinNote = (id: string, pinned: boolean) =>
  live(id)
    .set({ pinned_at: pinned ? sql<string>`coalesce(pinned_at, now())` : null })
    .returning([...columns, ...heardBy]);

export const softDeleteNote = (id: string) =>
  live(id)
    .set({ deleted_at: sql<string>`now()` })
    .where(mayChange)
    .returning(['notes.id', ...heardBy]);

export const restoreNote = (id: string) =>
  q
    .updateTable('notes')
    .set({ deleted_at: null })
    .where('notes.id', '=', id)
    .where('notes.deleted_at', 'is not', null)
    .where(parentsLive)
    .where(mayChange)
    .returning([...columns, ...heardBy]);
