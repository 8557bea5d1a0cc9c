import { sql } from 'kysely';
import { q } from '../../../server/tenancy/query.ts';
import type { Dashboard } from '../contract.ts';
import { currency, month, owned, type Scope, today } from './scope.ts';

const SHOWN = 8;

type Judged = Dashboard['attention']['items'][number] & Omit<Dashboard['attention'], 'items'>;

/** Open deals that something is wrong with, each with how many there are in all. */
export const needingAttention = (scope: Scope) =>
  q
    .with('judged', (db) =>
      db
        .selectFrom('deals')
        .innerJoin('pipeline_stages', 'pipeline_stages.id', 'deals.stage_id')
        .select((e) => [
          'deals.id',
          'deals.title',
          'deals.company',
          'deals.value',
          'deals.currency',
          'deals.owner_id',
          'deals.pipeline_id',
          'pipeline_stages.name as stage',
          'deals.stage_entered_at',
          'deals.expected_close_date',
          sql<boolean>`coalesce(deals.stage_entered_at < now() - make_interval(days => pipeline_stages.rotting_days), false)`.as(
            'rotting',
          ),
          sql<boolean>`coalesce(deals.expected_close_date < ${today(scope)}, false)`.as('close_past'),
          e
            .not(
              e.exists(
                e
                  .selectFrom('activities')
                  .select('activities.id')
                  .whereRef('activities.deal_id', '=', 'deals.id')
                  .where('activities.status', '=', 'pending')
                  .where('activities.deleted_at', 'is', null),
              ),
            )
            .as('no_next_activity'),
        ])
        .where('deals.status', '=', 'open')
        .where('deals.deleted_at', 'is', null)
        .where(owned('deals.owner_id', scope)),
    )
    .selectFrom('judged')
    .select([
      'id',
      'title',
      'company',
      'value',
      'currency',
      'owner_id',
      'pipeline_id',
      'stage',
      'stage_entered_at',
      'expected_close_date',
      sql<Judged['reasons']>`array_remove(array[case when rotting then 'rotting' end,
        case when close_past then 'close_past' end, case when no_next_activity then 'no_next_activity' end], null)`.as(
        'reasons',
      ),
      sql<number>`(count(*) over ())::integer`.as('count'),
      sql<number>`(count(*) filter (where rotting) over ())::integer`.as('all_rotting'),
      sql<number>`(count(*) filter (where close_past) over ())::integer`.as('all_close_past'),
      sql<number>`(count(*) filter (where no_next_activity) over ())::integer`.as('all_no_next_activity'),
    ])
    .where(sql<boolean>`rotting or close_past or no_next_activity`)
    .orderBy(sql`rotting::integer + close_past::integer + no_next_activity::integer`, 'desc')
    .orderBy('value', 'desc')
    .orderBy('id')
    .limit(SHOWN);

/** The open stages of the default pipeline, and what they hold. */
export const openStages = (scope: Scope) =>
  q
    .with('chosen', (db) =>
      db
        .selectFrom('pipelines')
        .select(['id', 'name'])
        .where('deleted_at', 'is', null)
        .orderBy('is_default', 'desc')
        .orderBy('order_index')
        .orderBy('id')
        .limit(1),
    )
    .selectFrom('chosen')
    .innerJoin('pipeline_stages', 'pipeline_stages.pipeline_id', 'chosen.id')
    .leftJoin('deals', (join) =>
      join
        .onRef('deals.stage_id', '=', 'pipeline_stages.id')
        .on('deals.pipeline_id', '=', sql<string>`(select id from chosen)`)
        .on('deals.deleted_at', 'is', null)
        .on(owned('deals.owner_id', scope)),
    )
    .select([
      'chosen.id as pipeline_id',
      'chosen.name as pipeline',
      'pipeline_stages.id',
      'pipeline_stages.name',
      sql<number>`count(deals.id)::integer`.as('count'),
      ownSum('deals.value').as('value'),
      ownSum('deals.weighted_value').as('weighted_value'),
    ])
    .where('pipeline_stages.deleted_at', 'is', null)
    .where('pipeline_stages.is_closed', '=', false)
    .groupBy(['chosen.id', 'chosen.name', 'pipeline_stages.id', 'pipeline_stages.name', 'pipeline_stages.order_index'])
    .orderBy('pipeline_stages.order_index')
    .orderBy('pipeline_stages.id');

/** Deals won this month and in the one before, by day. */
export const wonByDay = (scope: Scope) =>
  q
    .selectFrom('deals')
    .select([
      sql<string>`deals.actual_close_date::text`.as('day'),
      sql<boolean>`deals.actual_close_date >= ${month(scope)}`.as('is_this_month'),
      ownSum('deals.value').as('value'),
      sql<number>`(count(*) filter (where deals.currency = ${currency}))::integer`.as('count'),
      sql<number>`(count(*) filter (where deals.currency <> ${currency}))::integer`.as('others'),
    ])
    .where('deals.status', '=', 'won')
    .where('deals.deleted_at', 'is', null)
    .where('deals.actual_close_date', '>=', month(scope, 1))
    .where('deals.actual_close_date', '<', month(scope, -1))
    .where(owned('deals.owner_id', scope))
    .groupBy('deals.actual_close_date')
    .orderBy('deals.actual_close_date');

function ownSum(column: 'deals.value' | 'deals.weighted_value') {
  return sql<string>`coalesce(sum(${sql.ref(column)}) filter (where deals.currency = ${currency}), 0.00)::text`;
}
