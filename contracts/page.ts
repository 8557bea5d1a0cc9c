import { type TSchema, Type } from 'typebox';
import { Nullable, Query } from './atoms.ts';

/** Parameters of every list. `page` serves old clients; `cursor` costs the same on the first page and the millionth. */
export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 1000, description: 'The `next_cursor` of the page before.' })),
  page: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 10_000, description: 'Instead of `cursor`: counted from 1.' }),
  ),
  include_total: Type.Optional(Type.Boolean({ default: false })),
};

export const PageOf = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next_cursor: Nullable(Type.String()),
    total: Type.Optional(Type.Integer()),
  });

/** Of a request for one row: whether it is to come out of the bin. */
export const BinQuery = Query({
  deleted: Type.Optional(
    Type.Boolean({ description: 'Out of the bin instead: one that was deleted and can be restored.' }),
  ),
});
