import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, Nullable, Query, Text, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

const body = Text(50_000, 1);

export const NoteCreate = Body({
  body,
  contact_id: Type.Optional(Id),
  deal_id: Type.Optional(Id),
  pinned: Type.Optional(Type.Boolean()),
});
export const NoteChange = Body({ body });
export const Note = Type.Object({
  id: Id,
  body,
  author_id: Nullable(Id),
  contact_id: Nullable(Id),
  deal_id: Nullable(Id),
  pinned_at: Nullable(Timestamp),
  deleted_at: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});
export const NoteParams = IdParams('note_id');
export const NotePage = PageOf(Note);
export const NoteQuery = Query({
  ...PageQuery,
  contact_id: Type.Optional(Id),
  deal_id: Type.Optional(Id),
  author_id: Type.Optional(Id),
  pinned: Type.Optional(Type.Boolean()),
  deleted: Type.Optional(Type.Boolean({ description: 'The bin instead: what was deleted and can be restored.' })),
  sort: Type.Optional(
    Type.String({
      maxLength: 50,
      description:
        'created_at or pinned_at; `-` before it for descending. Unless told, pinned ones first, then the newest.',
    }),
  ),
});

export type NoteCreate = Static<typeof NoteCreate>;
export type NoteQuery = Static<typeof NoteQuery>;
