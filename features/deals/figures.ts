import { type Static, Type } from 'typebox';
import { Currency, Day, Id, Nullable, Query, Text } from '../../contracts/atoms.ts';
import { Deal } from './contract.ts';

const amount = Type.String({ description: 'Decimal string.' });
const sums = { count: Type.Integer(), total_value: amount, weighted_value: amount };
const Totals = Type.Array(Type.Object({ currency: Currency, ...sums }), {
  description: 'By currency: amounts of different currencies are never added up.',
});
const stage = {
  stage_id: Id,
  name: Type.String(),
  order_index: Type.Integer(),
  probability: Type.Number(),
  is_closed: Type.Boolean(),
  is_won: Type.Boolean(),
  count: Type.Integer({ description: 'Deals of all currencies.' }),
  total_value: Type.String({ description: "Of the deals in the company's own currency; the others are in `totals`." }),
  weighted_value: Type.String({ description: "Of the deals in the company's own currency." }),
  totals: Totals,
};

export const PipelineChoice = {
  pipeline_id: Type.Optional(Type.String({ format: 'uuid', description: 'The default pipeline unless told.' })),
};
export const BoardQuery = Query({
  ...PipelineChoice,
  owner_id: Type.Optional(Id),
  search: Type.Optional(Text(200)),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50, description: 'Deals per stage.' })),
});
export const Board = Type.Object({
  pipeline_id: Id,
  currency: Currency,
  stages: Type.Array(
    Type.Object({
      ...stage,
      items: Type.Array(Deal, { description: 'Those that entered the stage last come first.' }),
      next_cursor: Nullable(
        Type.String({
          description:
            'For `GET /api/deals/` with this `pipeline_id` and `stage_id`, and the filters that the board was asked with.',
        }),
      ),
    }),
  ),
});
export const SummaryQuery = Query(PipelineChoice);
export const Summary = Type.Object({ pipeline_id: Id, currency: Currency, stages: Type.Array(Type.Object(stage)) });
export const ForecastQuery = Query({
  pipeline_id: Type.Optional(Id),
  owner_id: Type.Optional(Id),
  close_from: Type.Optional(Day),
  close_to: Type.Optional(Day),
});
export const Forecast = Type.Object({
  months: Type.Array(
    Type.Object({
      month: Nullable(Type.String({ description: '`2026-11`; null for open deals without an expected close.' })),
      currency: Currency,
      ...sums,
      won_count: Type.Integer({ description: 'Deals that were won in the month.' }),
      won_value: amount,
    }),
    { description: 'Open deals by the month of their expected close, won ones by the month in which they were won.' },
  ),
});

export type BoardQuery = Static<typeof BoardQuery>;
export type Board = Static<typeof Board>;
export type Summary = Static<typeof Summary>;
export type ForecastQuery = Static<typeof ForecastQuery>;
