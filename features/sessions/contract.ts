import { type Static, Type } from 'typebox';
import { Id, IdParams, Nullable, Query, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

export const Session = Type.Object({
  id: Id,
  user_id: Nullable(Id),
  user_name: Nullable(Type.String()),
  acting_admin: Nullable(
    Type.String({ description: 'The super admin whose session this is, who acts for the company.' }),
  ),
  acting_reason: Nullable(Type.String()),
  ip_address: Nullable(Type.String()),
  user_agent: Nullable(Type.String()),
  device_type: Nullable(Type.String()),
  browser: Nullable(Type.String()),
  os: Nullable(Type.String()),
  is_current: Type.Boolean(),
  last_activity_at: Timestamp,
  expires_at: Timestamp,
  created_at: Timestamp,
});
export const SessionPage = PageOf(Session);
export const SessionParams = IdParams('session_id');
export const SessionQuery = Query({
  ...PageQuery,
  user_id: Type.Optional(Id),
  everyone: Type.Optional(Type.Boolean({ default: false, description: 'For admins: all sessions of the company.' })),
});
export const Ended = Type.Object({ ended: Type.Integer() });

export type SessionQuery = Static<typeof SessionQuery>;
