import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, Nullable, Query, Text, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

const name = Text(50, 1);
const color = Nullable(Type.String({ pattern: '^#[0-9a-f]{6}$', description: 'Such as `#1f7a8c`.' }));

export const Tag = Type.Object({
  id: Id,
  name,
  color,
  contact_count: Type.Integer({ description: 'Contacts that the caller sees.' }),
  deal_count: Type.Integer({ description: 'Deals that the caller sees.' }),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});
export const TagCreate = Body({ name, color: Type.Optional(color) });
export const TagChange = Type.Partial(Body({ name, color }), { minProperties: 1, additionalProperties: false });
export const TagMerge = Body({ into: { ...Id, description: 'The tag that stays.' } });
export const TagParams = IdParams('tag_id');
export const TagQuery = Query({ ...PageQuery, sort: Type.Optional(Type.String({ maxLength: 20 })) });
export const TagPage = PageOf(Tag);

export type TagCreate = Static<typeof TagCreate>;
export type Tag = Static<typeof Tag>;
