import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, Nullable, OneOf, Query, Text, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

export const contactStatuses = [
  'NEW',
  'LEAD',
  'PROSPECT',
  'CONTACTED',
  'QUALIFIED',
  'UNQUALIFIED',
  'CUSTOMER',
  'INACTIVE',
] as const;
export const contactSources = [
  'website',
  'referral',
  'linkedin',
  'cold_email',
  'trade_show',
  'social_media',
  'other',
] as const;

const optional = {
  email: Nullable(Type.String({ format: 'email', maxLength: 255 })),
  phone: Nullable(Text(20)),
  mobile: Nullable(Text(20)),
  company: Nullable(Text(200)),
  title: Nullable(Text(100)),
  type: Nullable(Text(100)),
  department: Nullable(Text(100)),
  website: Nullable(Text(255)),
  address_line1: Nullable(Text(255)),
  address_line2: Nullable(Text(255)),
  city: Nullable(Text(100)),
  state: Nullable(Text(100)),
  postal_code: Nullable(Text(20)),
  country: Nullable(Text(100)),
  status: OneOf(contactStatuses),
  source: Nullable(OneOf(contactSources)),
  lead_score: Type.Integer({ minimum: 0, maximum: 1000 }),
  owner_id: Id,
  tags: Type.Array(Text(50, 1), { maxItems: 50, uniqueItems: true }),
  custom_fields: Type.Record(Type.String(), Type.Unknown()),
  notes: Nullable(Text(50_000)),
  linkedin_url: Nullable(Text(255)),
  twitter_handle: Nullable(Text(100)),
};
const names = { first_name: Text(100), last_name: Text(100) };

export const ContactCreate = Body({ ...names, ...Type.Partial(Type.Object(optional)).properties });
export const ContactChange = Type.Partial(Body({ ...names, ...optional }), {
  minProperties: 1,
  additionalProperties: false,
});
export const Contact = Type.Object({
  id: Id,
  ...names,
  ...optional,
  private_to: Nullable(Id),
  deleted_at: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});
export const ContactParams = IdParams('contact_id');
export const ContactPage = PageOf(Contact);
export const ContactQuery = Query({
  ...PageQuery,
  sort: Type.Optional(
    Type.String({ maxLength: 50, description: 'created_at, updated_at or name; `-` before it for descending.' }),
  ),
  search: Type.Optional(Text(200)),
  status: Type.Optional(OneOf(contactStatuses)),
  source: Type.Optional(OneOf(contactSources)),
  owner_id: Type.Optional(Id),
  email: Type.Optional(Text(255)),
  company: Type.Optional(Text(200)),
  tag: Type.Optional(Text(50)),
});

export type ContactCreate = Static<typeof ContactCreate>;
export type ContactChange = Static<typeof ContactChange>;
export type ContactQuery = Static<typeof ContactQuery>;
