import { sql } from 'kysely';
import { q, statement } from '../../../server/tenancy/query.ts';
import type { DealQuery, dealFilters } from '../contract.ts';

// Numbers are cast to what the API says, so that a deal inside a JSON aggregate reads as one on its own.
export const dealColumns = [
  'deals.id',
  'deals.title',
  'deals.description',
  sql<string>`deals.value::text`.as('value'),
  'deals.currency',
  'deals.pipeline_id',
  'deals.stage_id',
  'deals.status',
  'deals.owner_id',
  'deals.private_to',
  'deals.contact_id',
  'deals.company',
  'deals.expected_close_date',
  'deals.actual_close_date',
  'deals.stage_entered_at',
  sql<number>`deals.probability::float8`.as('probability'),
  sql<string>`deals.weighted_value::text`.as('weighted_value'),
  'deals.won_reason',
  'deals.lost_reason',
  'deals.tags',
  'deals.custom_fields',
  'deals.deleted_at',
  'deals.created_at',
  'deals.updated_at',
  'deals.version',
] as const;

export const oneDeal = statement(['id'], (slot) =>
  q.selectFrom('deals').select(dealColumns).where('id', '=', slot.id).where('deleted_at', 'is', null),
);

/** One that was deleted, and that can be restored. */
export const deletedDeal = (id: string) =>
  q.selectFrom('deals').select(dealColumns).where('id', '=', id).where('deleted_at', 'is not', null);

export type DealFilters = { [Name in (typeof dealFilters)[number]]?: DealQuery[Name] | undefined };

/** The company's deals that pass; numbers are for a finder to compare. */
export function dealList({ status, pipeline_id, stage_id, owner_id, contact_id, ...rest }: DealFilters = {}) {
  const { currency, tag, close_from, close_to, no_close, closed_from, closed_to, deleted } = rest;
  let query = q
    .selectFrom('deals')
    .select(dealColumns)
    .where('deals.deleted_at', deleted ? 'is not' : 'is', null);
  if (status !== undefined) query = query.where('deals.status', '=', status);
  if (pipeline_id !== undefined) query = query.where('deals.pipeline_id', '=', pipeline_id);
  if (stage_id !== undefined) query = query.where('deals.stage_id', '=', stage_id);
  if (owner_id !== undefined) query = query.where('deals.owner_id', '=', owner_id);
  if (contact_id !== undefined) query = query.where('deals.contact_id', '=', contact_id);
  if (currency !== undefined) query = query.where('deals.currency', '=', currency);
  if (tag !== undefined) query = query.where((e) => e(e.val(tag), '=', e.fn.any('deals.tags')));
  if (close_from !== undefined) query = query.where('deals.expected_close_date', '>=', close_from);
  if (close_to !== undefined) query = query.where('deals.expected_close_date', '<=', close_to);
  if (no_close === true) query = query.where('deals.expected_close_date', 'is', null);
  if (closed_from !== undefined) query = query.where('deals.actual_close_date', '>=', closed_from);
  if (closed_to !== undefined) query = query.where('deals.actual_close_date', '<=', closed_to);
  return query;
}

export const history = (dealId: string) =>
  q
    .selectFrom('deal_stage_history')
    .innerJoin('deals', 'deals.id', 'deal_stage_history.deal_id')
    .select((e) => [
      'deal_stage_history.id',
      'deal_stage_history.from_stage_id',
      e
        .selectFrom('pipeline_stages')
        .select('name')
        .whereRef('pipeline_stages.id', '=', 'deal_stage_history.from_stage_id')
        .as('from_stage'),
      'deal_stage_history.to_stage_id',
      e
        .selectFrom('pipeline_stages')
        .select('name')
        .whereRef('pipeline_stages.id', '=', 'deal_stage_history.to_stage_id')
        .as('to_stage'),
      'deal_stage_history.moved_by',
      'deal_stage_history.value',
      'deal_stage_history.seconds_in_stage',
      'deal_stage_history.created_at',
    ])
    .$narrowType<{ to_stage: string }>()
    .where('deal_stage_history.deal_id', '=', dealId)
    .where('deals.deleted_at', 'is', null);

export const softDeleteDeals = (ids: readonly string[]) =>
  q
    .updateTable('deals')
    .set({ deleted_at: sql<string>`now()` })
    .where(sql<boolean>`id = any (${ids}::uuid[])`)
    .where('deleted_at', 'is', null)
    .returning(['id', 'owner_id', 'private_to']);
