import { type Static, Type } from 'typebox';
import {
  Body,
  Currency,
  Day,
  Id,
  IdParams,
  Money,
  Nullable,
  OneOf,
  Query,
  Text,
  Timestamp,
} from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

export const dealStatuses = ['open', 'won', 'lost', 'abandoned'] as const;
const Probability = Type.Number({ minimum: 0, maximum: 100, description: 'Per cent.' });
const DayOrTime = Type.Union([Day, Timestamp], { description: 'A calendar date; of a time, its date is kept.' });

const plain = {
  title: Text(255, 1),
  description: Nullable(Text(50_000)),
  value: Money,
  currency: Currency,
  owner_id: Id,
  private_to: Nullable(
    Type.String({ format: 'uuid', description: 'Only this user sees it; one can only name oneself.' }),
  ),
  contact_id: Nullable(Id),
  company: Nullable(Text(255)),
  probability: Probability,
  won_reason: Nullable(Text(255)),
  lost_reason: Nullable(Text(255)),
  tags: Type.Array(Text(50, 1), { maxItems: 50, uniqueItems: true }),
  custom_fields: Type.Record(Type.String(), Type.Unknown()),
};
const written = { ...plain, expected_close_date: Nullable(DayOrTime) };

export const DealCreate = Body({
  ...Type.Partial(Type.Object(written)).properties,
  title: plain.title,
  pipeline_id: Type.Optional(Type.String({ format: 'uuid', description: 'The default pipeline unless told.' })),
  stage_id: Type.Optional(Type.String({ format: 'uuid', description: "The pipeline's first stage unless told." })),
});
export const DealChange = Type.Partial(
  Body({
    ...written,
    stage_id: Id,
    status: Type.Unsafe<(typeof dealStatuses)[number]>({
      ...OneOf(dealStatuses),
      description: 'For deals in an open stage; a closed stage decides it itself.',
    }),
  }),
  { minProperties: 1, additionalProperties: false },
);
export const DealMove = Body({
  stage_id: Id,
  won_reason: Type.Optional(Nullable(Text(255))),
  lost_reason: Type.Optional(Nullable(Text(255))),
});
export const Deal = Type.Object({
  id: Id,
  ...plain,
  pipeline_id: Id,
  stage_id: Id,
  status: OneOf(dealStatuses),
  expected_close_date: Nullable(Day),
  actual_close_date: Nullable(Day),
  stage_entered_at: Timestamp,
  weighted_value: Nullable(Type.String({ description: 'Value times probability, a decimal string.' })),
  deleted_at: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});
export const DealParams = IdParams('deal_id');
export const DealPage = PageOf(Deal);
const { limit, cursor } = PageQuery;
const filters = {
  status: Type.Optional(OneOf(dealStatuses)),
  pipeline_id: Type.Optional(Id),
  stage_id: Type.Optional(Id),
  owner_id: Type.Optional(Id),
  contact_id: Type.Optional(Id),
  currency: Type.Optional(Currency),
  tag: Type.Optional(Text(50)),
  value_min: Type.Optional(Money),
  value_max: Type.Optional(Money),
  close_from: Type.Optional(Day),
  close_to: Type.Optional(Day),
  no_close: Type.Optional(Type.Boolean({ description: 'Only those without an expected close.' })),
  closed_from: Type.Optional({ ...Day, description: 'Won, lost or abandoned on this day or later.' }),
  closed_to: Type.Optional(Day),
  deleted: Type.Optional(Type.Boolean({ description: 'The bin instead: what was deleted and can be restored.' })),
};
export const dealFilters = Object.keys(filters) as (keyof typeof filters)[];
export const DealQuery = Type.Object(
  {
    ...PageQuery,
    search: Type.Optional(Text(200)),
    ...filters,
    sort: Type.Optional(
      Type.String({
        maxLength: 50,
        description:
          'created_at, updated_at, stage_entered_at, expected_close_date, value or title; `-` before it for descending. ' +
          'Unless told, the newest come first; of one stage, those that entered it last. What has no date comes last.',
      }),
    ),
  },
  // `cf.<key>`: equal to a custom field; contains it, where the field holds several.
  { additionalProperties: false, patternProperties: { '^cf\\.[a-z][a-z0-9_]{0,49}$': Text(500) } },
);
export const Transition = Type.Object({
  id: Id,
  from_stage_id: Nullable(Id),
  from_stage: Nullable(Type.String()),
  to_stage_id: Id,
  to_stage: Type.String(),
  moved_by: Nullable(Id),
  value: Type.String(),
  seconds_in_stage: Nullable(Type.Integer({ description: 'How long it had been in the stage that it left.' })),
  created_at: Timestamp,
});
export const HistoryPage = PageOf(Transition);
export const HistoryQuery = Query({ limit, cursor });
const ids = Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true });
export const DealsChange = Body({
  ids,
  change: Type.Partial(
    Body({
      stage_id: Id,
      owner_id: Id,
      expected_close_date: written.expected_close_date,
      won_reason: plain.won_reason,
      lost_reason: plain.lost_reason,
      tags: plain.tags,
    }),
    { minProperties: 1, additionalProperties: false },
  ),
});
export const DealsRemoval = Body({ ids });
export const BulkDone = Type.Object({ count: Type.Integer() });

export type DealCreate = Static<typeof DealCreate>;
export type DealChange = Static<typeof DealChange>;
export type DealMove = Static<typeof DealMove>;
export type Deal = Static<typeof Deal>;
export type DealQuery = Static<typeof DealQuery>;
