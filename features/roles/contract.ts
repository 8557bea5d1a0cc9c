import { type Static, Type } from 'typebox';
import { Body, IdParams, Nullable, OneOf, Text, Timestamp } from '../../contracts/atoms.ts';
import { actions } from '../../contracts/permissions.ts';

/** What a role allows by resource. A resource that is not named is as the built-in role has it. */
export const Permissions = Type.Record(
  Type.String({ pattern: '^[a-z][a-z_]{0,49}$' }),
  Type.Array(OneOf(actions), { maxItems: 6, uniqueItems: true }),
  { maxProperties: 50 },
);
const fields = { name: Text(50, 1), description: Nullable(Text(255)), permissions: Permissions };

export const Role = Type.Object({
  id: Type.String({ description: 'UUID; a built-in role has its name for an id.' }),
  ...fields,
  is_built_in: Type.Boolean({
    description: 'Built-in roles decide whose records somebody sees, and cannot be changed.',
  }),
  user_count: Type.Integer(),
  created_at: Nullable(Timestamp),
  updated_at: Nullable(Timestamp),
  version: Type.Optional(Type.Integer()),
});
export const RoleList = Type.Object({
  items: Type.Array(Role),
  next_cursor: Type.Null(),
  resources: Type.Array(Type.String(), { description: 'What permissions can name.' }),
});
export const RoleCreate = Body({
  name: fields.name,
  description: Type.Optional(fields.description),
  permissions: Type.Optional(Permissions),
});
export const RoleChange = Type.Partial(Body(fields), { minProperties: 1, additionalProperties: false });
export const RoleParams = IdParams('role_id');

export type Permissions = Static<typeof Permissions>;
export type Role = Static<typeof Role>;
export type RoleCreate = Static<typeof RoleCreate>;
export type RoleChange = Static<typeof RoleChange>;
