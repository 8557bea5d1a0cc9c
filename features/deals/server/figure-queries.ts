import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Context } from '../../../server/tenancy/context.ts';
import { type Compilable, q, statement } from '../../../server/tenancy/query.ts';
import type { Board, BoardQuery, ForecastQuery, Summary } from '../figures.ts';
import { dealColumns } from './queries.ts';

const ownSum = (column: 'value' | 'weighted') =>
  sql<string>`coalesce((select sums.${sql.raw(column)} from sums
    where sums.stage_id = pipeline_stages.id and sums.currency = chosen.currency), 0.00)::text`;

/** What a figure is asked of: a pipeline, else the default one; the deals of some owners and with some words, else all. */
interface Slots {
  id?: never;
  limit?: never;
  owners?: never;
  words?: never;
  only?: never;
}

// The policies say the same of owners, but in a form that no index serves.
const owned = (owners: never | undefined) =>
  owners === undefined ? sql<boolean>`true` : sql<boolean>`deals.owner_id = any (${owners}::uuid[])`;

// Operators that search text are not leakproof: below the policies no index serves them, behind the gate one does.
const worded = (words: never | undefined, only: never | undefined) =>
  words === undefined
    ? sql<boolean>`true`
    : sql<boolean>`deals.id in (select found.id
        from gate.find_deals(${words}, ${only}::jsonb, 'created_at', true, null, null, null) found)`;

/** A pipeline with what its stages hold. */
const withSums = ({ id, owners, words, only }: Slots) =>
  q
    .with('chosen', (db) => {
      const pipeline = db
        .selectFrom('pipelines')
        .select(['pipelines.id', sql<string>`(select currency from companies where id = app.cid())`.as('currency')])
        .where('pipelines.deleted_at', 'is', null)
        .orderBy('pipelines.is_default', 'desc')
        .orderBy('pipelines.order_index')
        .orderBy('pipelines.id')
        .limit(1);
      return id === undefined ? pipeline : pipeline.where('pipelines.id', '=', id);
    })
    .with('sums', (db) =>
      db
        .selectFrom('deals')
        .select([
          'deals.stage_id',
          'deals.currency',
          sql<number>`count(*)::integer`.as('count'),
          sql<string>`sum(deals.value)`.as('value'),
          sql<string>`sum(deals.weighted_value)`.as('weighted'),
        ])
        .where('deals.pipeline_id', '=', sql<string>`(select id from chosen)`)
        .where('deals.deleted_at', 'is', null)
        .where(owned(owners))
        .where(worded(words, only))
        .groupBy(['deals.stage_id', 'deals.currency']),
    )
    .with('stages', (db) =>
      db
        .selectFrom('pipeline_stages')
        .innerJoin('chosen', 'chosen.id', 'pipeline_stages.pipeline_id')
        .select([
          'pipeline_stages.id as stage_id',
          'pipeline_stages.name',
          'pipeline_stages.order_index',
          sql<number>`pipeline_stages.probability::float8`.as('probability'),
          'pipeline_stages.is_closed',
          'pipeline_stages.is_won',
          sql<number>`coalesce((select sum(sums.count) from sums where sums.stage_id = pipeline_stages.id), 0)`.as(
            'count',
          ),
          ownSum('value').as('total_value'),
          ownSum('weighted').as('weighted_value'),
          sql<
            Summary['stages'][number]['totals']
          >`(select coalesce(json_agg(json_build_object('currency', sums.currency,
            'count', sums.count, 'total_value', sums.value::text, 'weighted_value', sums.weighted::text)
            order by sums.currency), '[]') from sums where sums.stage_id = pipeline_stages.id)`.as('totals'),
        ])
        .where('pipeline_stages.deleted_at', 'is', null)
        .orderBy('pipeline_stages.order_index')
        .orderBy('pipeline_stages.id'),
    );

const chosen = ['chosen.id as pipeline_id', 'chosen.currency'] as const;

const summary = (slots: Slots) =>
  withSums(slots)
    .selectFrom('chosen')
    .select(chosen)
    .select((e) => jsonArrayFrom(e.selectFrom('stages').selectAll('stages')).$castTo<Summary['stages']>().as('stages'));

const board = (slots: Slots) =>
  withSums(slots)
    .selectFrom('chosen')
    .select(chosen)
    .select((e) =>
      jsonArrayFrom(
        e
          .selectFrom('stages')
          .selectAll('stages')
          .select((s) =>
            jsonArrayFrom(
              s
                .selectFrom('deals')
                .select(dealColumns)
                .where('deals.pipeline_id', '=', sql<string>`(select id from chosen)`)
                .whereRef('deals.stage_id', '=', 'stages.stage_id')
                .where('deals.deleted_at', 'is', null)
                .where(owned(slots.owners))
                .where(worded(slots.words, slots.only))
                .orderBy('deals.stage_entered_at', 'desc')
                .orderBy('deals.id', 'desc')
                .limit(sql<number>`${slots.limit}::integer + 1`),
            ).as('items'),
          ),
      )
        .$castTo<Omit<Board['stages'][number], 'next_cursor'>[]>()
        .as('stages'),
    );

/** One statement per shape of the question, each compiled once. */
function shapes<Row>(build: (slots: Slots) => Compilable<Row>) {
  const made = new Map<string, ReturnType<typeof statement<string, Row>>>();
  return ({ owners: seen }: Context, { pipeline_id, owner_id, search, limit = 0 }: BoardQuery) => {
    const owners = owner_id === undefined ? (seen === '*' ? undefined : seen) : [owner_id];
    const words = search?.trim() || undefined;
    const only = words && JSON.stringify({ pipeline_id, owner_id });
    const given = Object.entries({ limit, id: pipeline_id, owners, words, only }).filter(
      ([, value]) => value !== undefined,
    );
    const keys = given.map(([key]) => key);
    const shape = made.get(keys.join()) ?? statement<string, Row>(keys, build);
    made.set(keys.join(), shape);
    return shape(Object.fromEntries(given));
  };
}

export const summaryFor = shapes(summary);
export const boardFor = shapes(board);

const openOnly = (aggregate: string) => sql.raw(`${aggregate} filter (where deals.status = 'open')`);
const wonOnly = (aggregate: string) => sql.raw(`${aggregate} filter (where deals.status = 'won')`);
const dayOf = sql<string | null>`case when deals.status = 'won' then deals.actual_close_date
  else deals.expected_close_date end`;

/** Open deals by the month in which they are expected to close, won ones by the month in which they were. */
export function forecast({ pipeline_id, owner_id, close_from, close_to }: ForecastQuery) {
  let query = q
    .selectFrom('deals')
    .select([
      sql<string | null>`to_char(${dayOf}, 'YYYY-MM')`.as('month'),
      'deals.currency',
      sql<number>`${openOnly('count(*)')}::integer`.as('count'),
      sql<string>`coalesce(${openOnly('sum(deals.value)')}, 0.00)::text`.as('total_value'),
      sql<string>`coalesce(${openOnly('sum(deals.weighted_value)')}, 0.00)::text`.as('weighted_value'),
      sql<number>`${wonOnly('count(*)')}::integer`.as('won_count'),
      sql<string>`coalesce(${wonOnly('sum(deals.value)')}, 0.00)::text`.as('won_value'),
    ])
    .where('deals.deleted_at', 'is', null)
    .where('deals.status', 'in', ['open', 'won'])
    .groupBy(['month', 'deals.currency'])
    .orderBy('month')
    .orderBy('deals.currency');
  if (pipeline_id !== undefined) query = query.where('deals.pipeline_id', '=', pipeline_id);
  if (owner_id !== undefined) query = query.where('deals.owner_id', '=', owner_id);
  if (close_from !== undefined) query = query.where(dayOf, '>=', close_from);
  if (close_to !== undefined) query = query.where(dayOf, '<=', close_to);
  return query;
}
