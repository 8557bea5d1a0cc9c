import { type ExpressionBuilder, sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { DB } from '../../../db/types.ts';
import { q, statement } from '../../../server/tenancy/query.ts';
import type { Pipeline, PipelineChange } from '../contract.ts';
import { stageColumns } from './stage-queries.ts';

const own = [
  'pipelines.id',
  'pipelines.name',
  'pipelines.description',
  'pipelines.is_default',
  'pipelines.order_index',
  'pipelines.created_at',
  'pipelines.updated_at',
  'pipelines.version',
] as const;

const stages = (e: ExpressionBuilder<DB, 'pipelines'>) =>
  jsonArrayFrom(
    e
      .selectFrom('pipeline_stages')
      .select(stageColumns)
      .whereRef('pipeline_stages.pipeline_id', '=', 'pipelines.id')
      .where('pipeline_stages.deleted_at', 'is', null)
      .orderBy('pipeline_stages.order_index')
      .orderBy('pipeline_stages.id'),
  )
    .$castTo<Pipeline['stages']>()
    .as('stages');

export const pipelineList = () =>
  q.selectFrom('pipelines').select(own).select(stages).where('pipelines.deleted_at', 'is', null);

export const onePipeline = statement(['id'], (slot) => pipelineList().where('pipelines.id', '=', slot.id));

export const countPipelines = () =>
  q.selectFrom('pipelines').select(sql<number>`count(*)::int`.as('count')).where('deleted_at', 'is', null);

export const insertPipeline = (pipeline: {
  name: string;
  description?: string | null;
  is_default: boolean;
  order_index: number;
}) => q.insertInto('pipelines').values(pipeline).returning('id');

/** Locks the company for those who make pipelines or choose the default: whoever comes second sees what the first one did. */
export const oneAtATime = () => q.selectFrom('companies').select('companies.id').forNoKeyUpdate();

export const noDefault = () =>
  q.updateTable('pipelines').set({ is_default: false }).where('is_default', '=', true).where('deleted_at', 'is', null);

/** Also the way to say that a pipeline's stages changed: an update that changes nothing gives it a new version. */
export function updatePipeline(id: string, change: PipelineChange, version?: number) {
  const query = q
    .updateTable('pipelines')
    .set(Object.keys(change).length === 0 ? { order_index: sql<number>`order_index` } : change)
    .where('id', '=', id)
    .where('deleted_at', 'is', null);
  return (version === undefined ? query : query.where('version', '=', version)).returning(['id', 'is_default']);
}

/** Locks the pipeline: who changes its stages waits for whoever changes them now. */
export const touchPipeline = (id: string, version?: number) => updatePipeline(id, {}, version);

export const deletePipeline = (id: string) =>
  q
    .updateTable('pipelines')
    .set({ deleted_at: sql<string>`now()` })
    .where('id', '=', id)
    .where('is_default', '=', false)
    .where('deleted_at', 'is', null)
    .returning('id');

/** Its deletion's moment tells the stages that went with it from those that had gone before. */
export const restoreStages = (pipelineId: string) =>
  q
    .updateTable('pipeline_stages')
    .from('pipelines')
    .set({ deleted_at: null })
    .whereRef('pipelines.id', '=', 'pipeline_stages.pipeline_id')
    .whereRef('pipelines.deleted_at', '=', 'pipeline_stages.deleted_at')
    .where('pipelines.id', '=', pipelineId);

export const restorePipeline = (id: string) =>
  q
    .updateTable('pipelines')
    .set({ deleted_at: null })
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .returning('id');
