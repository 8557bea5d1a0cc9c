import { type Static, Type } from 'typebox';
import { Currency, Day, Id, Nullable, OneOf, Query, Timestamp } from '../../contracts/atoms.ts';

export const reasons = ['rotting', 'close_past', 'no_next_activity'] as const;
const amount = Type.String({ description: "Decimal string, in the company's own currency." });
const count = Type.Integer();

export const DashboardQuery = Query({
  whose: Type.Optional(
    Type.Unsafe<'mine' | 'all'>({
      ...OneOf(['mine', 'all']),
      default: 'all',
      description: "The caller's own records only, or all that they see.",
    }),
  ),
  utc_offset: Type.Optional(
    Type.Integer({
      minimum: -840,
      maximum: 840,
      default: 0,
      description: "Minutes that the caller's clock is ahead of UTC: it says when days and months begin.",
    }),
  ),
});

const Attention = Type.Object({
  id: Id,
  title: Type.String(),
  company: Nullable(Type.String()),
  value: Type.String({ description: 'Decimal string.' }),
  currency: Currency,
  owner_id: Id,
  pipeline_id: Id,
  stage: Type.String(),
  stage_entered_at: Timestamp,
  expected_close_date: Nullable(Day),
  reasons: Type.Array(OneOf(reasons), {
    description: 'Longer in its stage than the stage allows, past its expected close, nothing planned.',
  }),
});
const Won = Type.Object({
  value: amount,
  count: Type.Integer({ description: "Of the company's own currency." }),
  others: Type.Integer({ description: 'Deals in other currencies, which `value` leaves out.' }),
});

export const Dashboard = Type.Object({
  today: Day,
  currency: Currency,
  attention: Type.Object({
    items: Type.Array(Attention, { description: 'Those with the most reasons first, then by value.' }),
    count,
    rotting: count,
    close_past: count,
    no_next_activity: count,
  }),
  pipeline: Nullable(
    Type.Object({
      id: Id,
      name: Type.String(),
      stages: Type.Array(
        Type.Object({
          id: Id,
          name: Type.String(),
          count: Type.Integer({ description: 'Deals of all currencies.' }),
          value: amount,
          weighted_value: amount,
        }),
        { description: 'The open stages of the default pipeline.' },
      ),
    }),
  ),
  won: Type.Object({
    this_month: Won,
    last_month: Won,
    days: Type.Array(Type.Object({ day: Day, value: amount, count }), {
      description: 'Days of this month and the last on which deals were won.',
    }),
  }),
  activity: Type.Array(Type.Object({ day: Day, type: Type.String(), count }), {
    description: 'What was completed in the last 14 days.',
  }),
  leaders: Type.Array(
    Type.Object({
      user_id: Id,
      name: Type.String(),
      won_value: amount,
      won_count: count,
      activities: Type.Integer({ description: 'Completed this month.' }),
    }),
    { description: 'This month, of all that the caller sees, whatever `whose` says.' },
  ),
});

export type DashboardQuery = Static<typeof DashboardQuery>;
export type Dashboard = Static<typeof Dashboard>;
