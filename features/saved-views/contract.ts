import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, OneOf, Query, Text, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

const resource = OneOf(['contacts', 'deals', 'activities'] as const);
const fields = {
  name: Text(100, 1),
  definition: Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), {
    maxProperties: 50,
    description: 'Filters, sort and columns, as the app keeps them. It is not interpreted here.',
  }),
  is_shared: Type.Boolean({ description: 'Colleagues may use it; only its owner and admins may change it.' }),
};
const { name, ...optional } = fields;

export const SavedViewCreate = Body({ resource, name, ...Type.Partial(Type.Object(optional)).properties });
export const SavedViewChange = Type.Partial(Body(fields), { minProperties: 1, additionalProperties: false });
export const SavedView = Type.Object({
  id: Id,
  resource,
  ...fields,
  owner_id: Id,
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});
export const SavedViewParams = IdParams('view_id');
export const SavedViewPage = PageOf(SavedView);
export const SavedViewQuery = Query({
  ...PageQuery,
  resource: Type.Optional(resource),
  owner_id: Type.Optional(Id),
  is_shared: Type.Optional(Type.Boolean()),
  sort: Type.Optional(Type.String({ maxLength: 50, description: 'name or created_at; `-` before it for descending.' })),
});

export type SavedViewCreate = Static<typeof SavedViewCreate>;
export type SavedViewChange = Static<typeof SavedViewChange>;
export type SavedViewQuery = Static<typeof SavedViewQuery>;
