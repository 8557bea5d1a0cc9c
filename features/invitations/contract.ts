import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, Name, Nullable, OneOf, Query, Text, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';
import { NewPassword } from '../auth/contract.ts';
import { UserRole } from '../users/contract.ts';

export const invitationStates = ['pending', 'accepted', 'revoked', 'expired'] as const;
const State = OneOf(invitationStates);
const Address = Type.String({ format: 'email', maxLength: 255 });
const Token = Text(100, 1);

export const InvitationSend = Body({
  email: Address,
  user_role: Type.Optional({ ...UserRole, default: 'sales_rep' }),
  team_id: Type.Optional(Nullable(Id)),
  first_name: Type.Optional(Nullable(Name(100))),
  last_name: Type.Optional(Nullable(Name(100))),
  message: Type.Optional(Nullable(Text(1000))),
});
export const Invitation = Type.Object({
  id: Id,
  email: Type.String(),
  user_role: UserRole,
  team_id: Nullable(Id),
  first_name: Nullable(Type.String()),
  last_name: Nullable(Type.String()),
  message: Nullable(Type.String()),
  invited_by: Nullable(Id),
  user_id: Nullable(Id),
  state: State,
  expires_at: Timestamp,
  sent_at: Nullable(Timestamp),
  accepted_at: Nullable(Timestamp),
  revoked_at: Nullable(Timestamp),
  created_at: Timestamp,
});
export const InvitationPage = PageOf(Invitation);
export const InvitationQuery = Query({
  ...PageQuery,
  sort: Type.Optional(OneOf(['created_at', '-created_at'])),
  state: Type.Optional(State),
  email: Type.Optional(Text(255)),
});
export const InvitationParams = IdParams('invitation_id');
export const TokenParams = Type.Object({ token: Token }, { additionalProperties: false });

export const OpenInvitation = Type.Object({
  email: Type.String(),
  user_role: UserRole,
  first_name: Nullable(Type.String()),
  last_name: Nullable(Type.String()),
  company_name: Type.String(),
  invited_by: Nullable(Type.String()),
  expires_at: Timestamp,
});
export const Acceptance = Body({
  token: Token,
  first_name: Name(100, 1),
  last_name: Name(100),
  password: NewPassword,
  phone: Type.Optional(Text(20)),
  cookie: Type.Optional(Type.Boolean({ default: false })),
});

export type InvitationSend = Static<typeof InvitationSend>;
export type InvitationQuery = Static<typeof InvitationQuery>;
export type Acceptance = Static<typeof Acceptance>;
