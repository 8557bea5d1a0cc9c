import { Type } from 'typebox';
import { Id, IdParams, Nullable, OneOf, Query } from '../../contracts/atoms.ts';

export const VisibilityParams = IdParams('user_id');
export const VisibilityQuery = Query({
  resource: Type.String({ pattern: '^[a-z][a-z_]{0,49}$', description: 'A resource with owners, such as contacts.' }),
  id: Id,
});
export const visibilityReasons = [
  'admin',
  'owner',
  'team',
  'private_to_them',
  'private_to_another',
  'owned_by_another',
  'record_deleted',
  'user_inactive',
] as const;
export const Visibility = Type.Object({
  visible: Type.Boolean(),
  reason: OneOf(visibilityReasons),
  explanation: Type.String({ description: 'For people.' }),
  owner_id: Id,
  shared_team_ids: Type.Array(Id),
  private_to: Nullable(Id),
});
