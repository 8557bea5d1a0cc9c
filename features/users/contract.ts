import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, Name, Nullable, OneOf, Query, Text, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

export const userRoles = ['company_admin', 'sales_manager', 'sales_rep'] as const;
export const userStatuses = ['active', 'inactive', 'deleted'] as const;
export const UserRole = OneOf(userRoles);

const profile = {
  first_name: Name(100, 1),
  last_name: Name(100),
  phone: Nullable(Text(20)),
  timezone: Nullable(Type.String({ maxLength: 50, description: 'IANA name, such as Europe/Berlin.' })),
  language: Nullable(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$', maxLength: 10 })),
  title: Nullable(Text(100)),
  department: Nullable(Text(100)),
  location: Nullable(Text(100)),
  bio: Nullable(Text(500)),
};

export const User = Type.Object({
  id: Id,
  email: Type.String(),
  ...profile,
  avatar_url: Nullable(Type.String()),
  user_role: UserRole,
  role_id: Nullable(Id),
  status: OneOf(userStatuses),
  manager_id: Nullable(Id),
  team_id: Nullable(Id),
  teams: Type.Array(Type.Object({ id: Id, name: Type.String(), is_lead: Type.Boolean() })),
  email_verified: Type.Boolean(),
  last_login_at: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});

export const Me = Type.Object({
  ...Type.Omit(User, ['user_role', 'created_at', 'updated_at', 'version']).properties,
  user_role: OneOf([...userRoles, 'super_admin']),
  company: Nullable(
    Type.Object({
      id: Id,
      name: Type.String(),
      status: Type.String(),
      subscription_status: Type.String(),
      trial_ends_at: Nullable(Timestamp),
      timezone: Type.String(),
      currency: Type.String(),
    }),
  ),
  permissions: Nullable(
    Type.Record(Type.String(), Type.Array(Type.String()), {
      description: 'What their own role narrows; null: nothing.',
    }),
  ),
  acting: Nullable(Type.Object({ reason: Type.String(), expires_at: Timestamp })),
  version: Type.Optional(Type.Integer()),
});

export const MeChange = Type.Partial(Body(profile), { minProperties: 1, additionalProperties: false });
export const UserChange = Type.Partial(
  Body({
    ...profile,
    user_role: UserRole,
    role_id: Nullable(Id),
    status: OneOf(['active', 'inactive']),
    manager_id: Nullable(Id),
    team_id: Nullable(Id),
  }),
  { minProperties: 1, additionalProperties: false },
);

export const UserParams = IdParams('user_id');
export const UserPage = PageOf(User);
export const UserQuery = Query({
  ...PageQuery,
  sort: Type.Optional(
    Type.String({ maxLength: 50, description: 'name, email or created_at; `-` before it for descending.' }),
  ),
  search: Type.Optional(Text(200)),
  user_role: Type.Optional(UserRole),
  status: Type.Optional(OneOf(userStatuses)),
  team_id: Type.Optional(Id),
  manager_id: Type.Optional(Id),
  department: Type.Optional(Text(100)),
});

export const LeaveQuery = Query({
  reassign_to: Type.Optional({ ...Id, description: 'Who gets what they owned; without it, who deletes them.' }),
});
export const Departure = Type.Object({
  reassigned_to: Id,
  reassigned: Type.Record(Type.String(), Type.Integer(), { description: 'Number of records by resource.' }),
});

export const HandOver = Body({ to: { ...Id, description: 'Who gets what they own.' } });
export const TwoStep = Type.Object({
  user_ids: Type.Array(Id, { description: 'Colleagues whose login asks for a one-time code too.' }),
});

export const EmailChange = Body({
  email: Type.String({ format: 'email', maxLength: 255 }),
  current_password: Text(200, 1),
});
export const EmailConfirmation = Body({ token: Text(100, 1) });
export const Message = Type.Object({ message: Type.String() });

export type UserQuery = Static<typeof UserQuery>;
export type UserChange = Static<typeof UserChange>;
export type MeChange = Static<typeof MeChange>;
export type Me = Static<typeof Me>;
export type Departure = Static<typeof Departure>;
