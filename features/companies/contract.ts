import { type Static, Type } from 'typebox';
import { Body, Currency, Id, IdParams, Name, Nullable, OneOf, Query, Text, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';
import { UserRole } from '../users/contract.ts';

const Address = Type.String({ format: 'email', maxLength: 255 });
const Timezone = Type.String({ maxLength: 50, description: 'IANA name, such as Europe/Berlin.' });

const Language = Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$', maxLength: 10 });

const own = {
  name: Name(255, 1),
  email: Nullable(Address),
  phone: Nullable(Text(50)),
  address: Nullable(Text(255)),
  city: Nullable(Text(100)),
  state: Nullable(Text(100)),
  zip: Nullable(Text(20)),
  logo_url: Nullable(Type.String({ format: 'uri', pattern: '^https://', maxLength: 500 })),
  timezone: Timezone,
  currency: Currency,
  language: { ...Language, description: 'Of letters, to whoever chose no other.' },
};

/** What of a company the platform's staff changes, and its own people do not. */
export const platformFields = {
  domain: Nullable(Text(255, 1)),
  plan: Text(50, 1),
  subscription_status: OneOf(['trialing', 'active', 'past_due', 'canceled']),
  trial_ends_at: Nullable(Timestamp),
};

/** A company as its own people see it. */
export const Company = Type.Object({
  id: Id,
  ...own,
  email: Nullable(Type.String()),
  logo_url: Nullable(Type.String()),
  domain: Nullable(Type.String()),
  plan: Type.String(),
  status: Type.String(),
  subscription_status: Type.String(),
  trial_ends_at: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});
export const CompanyChange = Type.Partial(Body({ ...own, ...platformFields }), {
  minProperties: 1,
  additionalProperties: false,
  description: `Its admins change all but ${Object.keys(platformFields).join(', ')}; the platform's staff those, name and email.`,
});
export const CompanyParams = IdParams('company_id');

/** A company as the platform's staff sees it: figures, never its rows. */
export const PlatformCompany = Type.Object({
  id: Id,
  name: Type.String(),
  status: OneOf(['active', 'suspended', 'deleted']),
  plan: Type.String(),
  email: Nullable(Type.String()),
  domain: Nullable(Type.String()),
  subscription_status: Type.String(),
  trial_ends_at: Nullable(Timestamp),
  suspended_reason: Nullable(Type.String()),
  deleted_at: Nullable(Timestamp),
  created_at: Timestamp,
  users: Type.Integer(),
  active_users: Type.Integer(),
  contacts: Type.Integer(),
  deals: Type.Integer(),
  last_activity_at: Nullable(Timestamp),
});
export const CompanySeen = Type.Union([Company, PlatformCompany], {
  description: "To the company's admins as they see it, to the platform's staff as those do.",
});
const { page: _page, include_total: _total, ...ByCursor } = PageQuery;
export const PlatformCompanyPage = PageOf(PlatformCompany);
export const PlatformCompanyQuery = Query({
  ...ByCursor,
  status: Type.Optional(OneOf(['active', 'suspended', 'deleted'])),
  search: Type.Optional(Text(200)),
});
export const CompanyCreate = Body({
  name: own.name,
  email: Type.Optional(Nullable(Address)),
  domain: Type.Optional(Nullable(Text(255, 1))),
  plan: Type.Optional(Text(50, 1)),
  timezone: Type.Optional(Timezone),
  currency: Type.Optional(Currency),
  trial_days: Type.Optional(Type.Integer({ minimum: 0, maximum: 365, default: 14 })),
  admin: Type.Object(
    { email: Address, first_name: Name(100, 1), last_name: Name(100) },
    { additionalProperties: false, description: 'The first admin, who gets an invitation by e-mail.' },
  ),
});

export const ColleagueCreate = Body({
  email: Address,
  first_name: Name(100, 1),
  last_name: Name(100),
  user_role: Type.Optional({ ...UserRole, default: 'sales_rep' }),
  team_id: Type.Optional(Nullable(Id)),
});

export const Acting = Type.Object({
  id: Id,
  acting_admin_email: Nullable(Type.String()),
  reason: Nullable(Type.String()),
  ip_address: Nullable(Type.String()),
  started_at: Timestamp,
  expires_at: Timestamp,
  ended_at: Nullable(Timestamp),
});
export const ActingPage = PageOf(Acting);
export const ActingQuery = Query({ ...PageQuery, sort: Type.Optional(OneOf(['created_at', '-created_at'])) });

export type CompanyChange = Static<typeof CompanyChange>;
/** What of it the company's admins change, and what the platform's staff. */
export type OwnChange = Pick<CompanyChange, keyof typeof own>;
export type PlatformChange = Pick<CompanyChange, 'name' | 'email' | keyof typeof platformFields>;
export type CompanyCreate = Static<typeof CompanyCreate>;
export type PlatformCompany = Static<typeof PlatformCompany>;
export type PlatformCompanyQuery = Static<typeof PlatformCompanyQuery>;
