import { type RawBuilder, sql } from 'kysely';
import { q, statement } from '../../../server/tenancy/query.ts';
import type { CustomFields } from '../../custom-fields/server/service.ts';
import type { DealChange, DealCreate } from '../contract.ts';
import { dealColumns } from './queries.ts';

// The share lock makes a deal that enters a stage and an admin who deletes the stage wait for each other.
const liveStages = () =>
  q
    .selectFrom('pipeline_stages')
    .innerJoin('pipelines', 'pipelines.id', 'pipeline_stages.pipeline_id')
    .select([
      'pipeline_stages.id',
      'pipeline_stages.pipeline_id',
      'pipeline_stages.probability',
      'pipeline_stages.is_closed',
      'pipeline_stages.is_won',
      sql<string>`case when is_won then 'won' when is_closed then 'lost' else 'open' end`.as('outcome'),
    ])
    .where('pipeline_stages.deleted_at', 'is', null)
    .where('pipelines.deleted_at', 'is', null)
    .forShare('pipeline_stages');

const stage = (id: string) => liveStages().where('pipeline_stages.id', '=', id);

/** What entering `target` makes of a deal: one that stays where it was keeps its dates, status and probability. */
const entering = (won: unknown, lost: unknown) => {
  const entered = <T>(otherwise: RawBuilder<T>, column: string) =>
    sql<T>`case when deals.stage_id = target.id then ${sql.raw(`deals.${column}`)} else ${otherwise} end`;
  return {
    stage_id: sql<string>`target.id`,
    pipeline_id: sql<string>`target.pipeline_id`,
    stage_entered_at: entered(sql<string>`now()`, 'stage_entered_at'),
    probability: entered(sql<string>`target.probability`, 'probability'),
    status: entered(sql<'open'>`target.outcome`, 'status'),
    actual_close_date: entered(
      sql<string>`case when target.is_closed then coalesce(deals.actual_close_date, current_date) end`,
      'actual_close_date',
    ),
    won_reason: sql<string>`case when target.is_won then coalesce(${won}, deals.won_reason) end`,
    lost_reason: sql<string>`case when target.is_closed and not target.is_won then coalesce(${lost}, deals.lost_reason) end`,
  };
};

/** One statement. No row: the deal or the stage is not there. The move's history is written by a trigger. */
export const moveDeal = statement(['id', 'stage', 'won', 'lost'], (slot) =>
  q
    .with('target', () => stage(slot.stage))
    .updateTable('deals')
    .from('target')
    .set(entering(slot.won, slot.lost))
    .where('deals.id', '=', slot.id)
    .where('deals.deleted_at', 'is', null)
    .returning(dealColumns),
);

/** Custom fields of a change are laid over the stored ones: see `mergeCustomFields`. */
export type StoredChange = Omit<DealChange, 'custom_fields'> & { custom_fields?: RawBuilder<CustomFields> };
type StoredFields = Omit<Partial<DealCreate>, 'custom_fields'> & {
  custom_fields?: CustomFields | RawBuilder<CustomFields>;
};

/** Fields of a request as columns hold them. */
function columns({ probability, expected_close_date, ...rest }: StoredFields) {
  return {
    ...rest,
    ...(probability === undefined ? {} : { probability: String(probability) }),
    ...(expected_close_date === undefined ? {} : { expected_close_date: expected_close_date?.slice(0, 10) ?? null }),
  };
}

/** No row: there is no such stage, or not in this pipeline. */
export function insertDeal({ pipeline_id, stage_id, ...fields }: DealCreate) {
  let target = liveStages()
    .orderBy('pipelines.is_default', 'desc')
    .orderBy('pipelines.order_index')
    .orderBy('pipelines.id')
    .orderBy('pipeline_stages.order_index')
    .orderBy('pipeline_stages.id')
    .limit(1);
  if (stage_id !== undefined) target = target.where('pipeline_stages.id', '=', stage_id);
  if (pipeline_id !== undefined) target = target.where('pipeline_stages.pipeline_id', '=', pipeline_id);
  const values: Record<string, unknown> = {
    currency: sql`(select currency from companies where id = app.cid())`,
    probability: sql`target.probability`,
    ...columns(fields),
    pipeline_id: sql`target.pipeline_id`,
    stage_id: sql`target.id`,
    status: sql`target.outcome`,
    actual_close_date: sql`case when target.is_closed then current_date end`,
  };
  const names = Object.keys(values);
  return q
    .with('target', () => target)
    .insertInto('deals')
    .columns(names as 'id'[])
    .expression((e) => e.selectFrom('target').select(names.map((name) => sql`${values[name]}`.as(name))))
    .returning(dealColumns);
}

/** An update of deals that still wants to be told which. Into a stage, a reason is kept where the stage asks for it. */
function changing({ stage_id, status, ...fields }: StoredChange) {
  const { won_reason, lost_reason, ...rest } = columns(fields);
  if (stage_id === undefined) {
    return q.updateTable('deals').set({ ...(status === undefined ? {} : statusColumns(status)), ...columns(fields) });
  }
  const moving = q
    .with('target', () => stage(stage_id))
    .updateTable('deals')
    .from('target')
    .set({ ...entering(won_reason ?? null, lost_reason ?? null), ...rest });
  return moving as unknown as ReturnType<typeof q.updateTable<'deals'>>;
}

/** No row: the deal or the stage is not there, the version is another, or the deal's stage decides its status. */
export function updateDeal(id: string, change: StoredChange, version?: number) {
  let query = changing(change).where('deals.id', '=', id).where('deals.deleted_at', 'is', null);
  if (version !== undefined) query = query.where('deals.version', '=', version);
  if (change.status !== undefined) query = query.where('deals.stage_id', 'in', openStages());
  return query.returning(dealColumns);
}

const openStages = () => q.selectFrom('pipeline_stages').select('id').where('is_closed', '=', false);

const statusColumns = (status: NonNullable<DealChange['status']>) => ({
  status,
  ...(status === 'open'
    ? {
        actual_close_date: null,
        probability: sql<string>`(select s.probability from pipeline_stages s
          where s.company_id = deals.company_id and s.id = deals.stage_id)`,
      }
    : {
        actual_close_date: sql<string>`coalesce(deals.actual_close_date, current_date)`,
        probability: status === 'won' ? '100' : '0',
      }),
});

/** Back to its stage, or where that has gone to the first stage of its pipeline, or of the default one. */
export const restoreDeal = statement(['id'], (slot) =>
  q
    .with('target', () =>
      liveStages()
        .innerJoin('deals', (on) => on.on('deals.id', '=', slot.id))
        .orderBy(sql`pipeline_stages.id = deals.stage_id`, 'desc')
        .orderBy(sql`pipeline_stages.pipeline_id = deals.pipeline_id`, 'desc')
        .orderBy('pipelines.is_default', 'desc')
        .orderBy('pipeline_stages.order_index')
        .limit(1),
    )
    .updateTable('deals')
    .from('target')
    .set({ ...entering(null, null), deleted_at: null })
    .where('deals.id', '=', slot.id)
    .where('deals.deleted_at', 'is not', null)
    .returning(dealColumns),
);

export const updateDeals = (ids: readonly string[], change: StoredChange) =>
  changing(change)
    .where(sql<boolean>`deals.id = any (${ids}::uuid[])`)
    .where('deals.deleted_at', 'is', null)
    .returning(['deals.id', 'deals.owner_id', 'deals.private_to']);

export const stageExists = (id: string) => stage(id);
