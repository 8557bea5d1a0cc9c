import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, NO_NUL, Nullable, OneOf, Query, Text, Timestamp } from '../../contracts/atoms.ts';
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
  private_to: Nullable(Id),
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
  deleted_at: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});
export const ContactParams = IdParams('contact_id');
export const ContactPage = PageOf(Contact);

const Instant = Type.Union([Timestamp, Type.String({ format: 'date', description: 'The whole day, UTC.' })]);
const filters = {
  search: Type.Optional(
    Type.String({
      maxLength: 200,
      pattern: NO_NUL,
      description: 'Words that all occur in name, e-mail address, company or telephone; the 1,000 best hits.',
    }),
  ),
  ...Type.Partial(
    Type.Object({
      first_name: Text(100),
      last_name: Text(100),
      email: Text(255),
      phone: Text(20),
      mobile: Text(20),
      company: Text(200),
      title: Text(100),
      type: Text(100),
      department: Text(100),
      website: Text(255),
      address_line1: Text(255),
      address_line2: Text(255),
      city: Text(100),
      state: Text(100),
      postal_code: Text(20),
      country: Text(100),
      status: OneOf(contactStatuses),
      source: OneOf(contactSources),
      owner_id: Id,
      lead_score: optional.lead_score,
      lead_score_min: optional.lead_score,
      lead_score_max: optional.lead_score,
      created_from: Instant,
      created_to: Instant,
      updated_from: Instant,
      updated_to: Instant,
      notes: Type.String({ maxLength: 200, pattern: NO_NUL, description: 'A text that the notes contain.' }),
      linkedin_url: Text(255),
      twitter_handle: Text(100),
      tag: Text(50),
      has_email: Type.Boolean(),
      deleted: Type.Boolean({ description: 'The bin instead: what was deleted and can be restored.' }),
      filter: Type.String({
        maxLength: 8000,
        pattern: NO_NUL,
        description:
          'Conditions as JSON, joined and nested by `all` and `any`: ' +
          '`{"all":[{"field":"status","op":"in","value":["LEAD"]},{"field":"city","op":"filled"}]}`. ' +
          'A text: contains, is, is_not; a choice: in, not_in; a number: is, at_least, at_most; a date: within_days, ' +
          'from, to; a list: has, has_not; all of them: empty, filled. A custom field is `cf.<key>`.',
      }),
    }),
  ).properties,
};
// `cf.<key>`: equal to a custom field; contains it, where the field holds several.
const customFieldFilters = {
  additionalProperties: false,
  patternProperties: { '^cf\\.[a-z][a-z0-9_]{0,49}$': Text(500) },
};
const Sort = Type.String({
  maxLength: 50,
  description:
    'created_at, updated_at, name, email, company, lead_score, status, phone, tags (the first of them) or owner (by name), ' +
    '`-` before it for descending; by relevance where `search` is given without it. What has no value comes last.',
});

/** What a list can be grouped by. */
export const contactGroups = ['status', 'source', 'owner_id', 'company'] as const;
const Group = OneOf(contactGroups);

export const ContactQuery = Type.Object(
  {
    ...PageQuery,
    ...filters,
    sort: Type.Optional(Sort),
    group: Type.Optional({
      ...Group,
      description: 'Those that share it come together; `sort` orders them within, and its direction the groups too.',
    }),
    fields: Type.Optional(Type.String({ maxLength: 1000, description: 'Only these, with commas between; and id.' })),
  },
  customFieldFilters,
);
export const ContactExportQuery = Type.Object(
  { ...filters, sort: Type.Optional(Sort), format: Type.Optional(OneOf(['csv', 'xlsx'])) },
  customFieldFilters,
);

export const ContactGroupQuery = Type.Object({ by: Group, ...filters }, customFieldFilters);

export const ContactIds = Type.Array(Id, { minItems: 1, maxItems: 500 });
const { email, phone, mobile, website, notes, linkedin_url, twitter_handle, tags, ...shared } = optional;
export const ContactBulkChange = Body({
  ids: ContactIds,
  change: Type.Partial(Body({ ...shared, tags, add_tags: tags, remove_tags: tags }), {
    minProperties: 1,
    additionalProperties: false,
  }),
});
export const ContactBulk = Body({ ids: ContactIds });
export const ContactBulkAnswer = Type.Object({ changed: Type.Integer() });

/** What a merge can take from either contact; tags are united. */
export const mergeFields = [
  ...(Object.keys(names) as (keyof typeof names)[]),
  ...(Object.keys(optional) as (keyof typeof optional)[]).filter((key) => key !== 'tags' && key !== 'private_to'),
] as const;
export const ContactMerge = Body({
  duplicate_id: Id,
  fields: Type.Optional(
    Type.Partial(Body(Object.fromEntries(mergeFields.map((field) => [field, OneOf(['kept', 'duplicate'])]))), {
      additionalProperties: false,
      description: 'Whose value stays. Unless told: the kept one’s, or the duplicate’s where that is empty.',
    }),
  ),
});

export const DuplicateQuery = Query({
  by: Type.Optional(OneOf(['email', 'phone', 'name'])),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 1000 })),
});
const Possible = Type.Pick(Contact, [
  'id',
  'first_name',
  'last_name',
  'email',
  'phone',
  'mobile',
  'company',
  'owner_id',
  'created_at',
]);
export const DuplicatePage = PageOf(
  Type.Object({
    reason: OneOf(['email', 'phone', 'name']),
    count: Type.Integer({ description: 'How many there are; the first twenty are listed.' }),
    contacts: Type.Array(Possible),
  }),
  // A page may be empty and yet have a next one: each looks through a bounded number of contacts.
);

export const AlikeQuery = Query({
  email: Type.Optional(Text(255)),
  phone: Type.Optional(Text(50)),
});
export const AlikeContacts = Type.Object({ items: Type.Array(Possible, { description: 'At most five.' }) });

export const timelineTypes = ['activity', 'note', 'deal', 'stage_move', 'change'] as const;
export const TimelineQuery = Query({
  limit: PageQuery.limit,
  cursor: PageQuery.cursor,
  types: Type.Optional(Type.String({ maxLength: 100, description: `Of ${timelineTypes.join(', ')}; commas between.` })),
});
export const TimelinePage = PageOf(
  Type.Object({
    type: OneOf(timelineTypes),
    id: Id,
    at: Timestamp,
    user_id: Nullable(Id),
    title: Nullable(Type.String()),
    details: Type.Record(Type.String(), Type.Unknown()),
  }),
);

const Count = Type.Integer({ minimum: 0 });
export const ContactGroups = Type.Object({
  items: Type.Array(Type.Object({ value: Nullable(Type.String()), count: Count }), {
    description: 'In the order of a list that is grouped by it and sorted ascending; at most the first 5,000.',
  }),
  total: Type.Integer({ minimum: 0, description: 'Of all groups, those that are not listed too.' }),
});
export const ContactSummary = Type.Object({
  total: Count,
  new_this_month: Count,
  by_status: Type.Record(Type.String(), Count),
  by_source: Type.Record(Type.String(), Count, { description: 'Without a source: under `none`.' }),
  by_owner: Type.Array(Type.Object({ owner_id: Id, count: Count })),
});

export type ContactCreate = Static<typeof ContactCreate>;
export type ContactChange = Static<typeof ContactChange>;
export type ContactBulkChange = Static<typeof ContactBulkChange>['change'];
export type ContactFilters = Omit<Static<typeof ContactExportQuery>, 'sort' | 'format'>;
export type Contact = Static<typeof Contact>;
export type ContactGroup = (typeof contactGroups)[number];
export type ContactQuery = Static<typeof ContactQuery>;
export type ContactMerge = { duplicate_id: string; fields?: Partial<Record<string, 'kept' | 'duplicate'>> };
export type TimelineType = (typeof timelineTypes)[number];
