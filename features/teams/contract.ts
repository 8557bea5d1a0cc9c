import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, Nullable, Query, Text, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

const fields = {
  name: Text(100, 1),
  description: Nullable(Text(500)),
  team_lead_id: Nullable({ ...Id, description: 'A lead of the team; who is named here becomes its only lead.' }),
};

export const Team = Type.Object({
  id: Id,
  ...fields,
  member_count: Type.Integer(),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});
export const TeamMember = Type.Object({
  user_id: Id,
  first_name: Type.String(),
  last_name: Type.String(),
  user_role: Type.String(),
  is_lead: Type.Boolean(),
});
export const TeamWithMembers = Type.Object({ ...Team.properties, members: Type.Array(TeamMember) });
export const TeamCreate = Body({
  name: fields.name,
  description: Type.Optional(fields.description),
  team_lead_id: Type.Optional(fields.team_lead_id),
});
export const TeamChange = Type.Partial(Body(fields), { minProperties: 1, additionalProperties: false });
export const TeamParams = IdParams('team_id');
export const MemberParams = Type.Object({ team_id: Id, user_id: Id }, { additionalProperties: false });
export const Membership = Body({ is_lead: Type.Optional(Type.Boolean({ default: false })) });
export const TeamPage = PageOf(Team);
export const TeamQuery = Query({
  ...PageQuery,
  sort: Type.Optional(Type.String({ maxLength: 50, description: 'name or created_at; `-` before it for descending.' })),
  search: Type.Optional(Text(100)),
});

export type TeamCreate = Static<typeof TeamCreate>;
export type TeamChange = Static<typeof TeamChange>;
export type TeamQuery = Static<typeof TeamQuery>;
