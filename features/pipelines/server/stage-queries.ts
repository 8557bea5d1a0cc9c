import { sql } from 'kysely';
import { q } from '../../../server/tenancy/query.ts';
import type { StageChange, StageCreate } from '../contract.ts';

export const stageColumns = [
  'pipeline_stages.id',
  'pipeline_stages.pipeline_id',
  'pipeline_stages.name',
  'pipeline_stages.description',
  sql<number>`pipeline_stages.probability::float8`.as('probability'),
  'pipeline_stages.is_closed',
  'pipeline_stages.is_won',
  'pipeline_stages.rotting_days',
  'pipeline_stages.order_index',
  'pipeline_stages.created_at',
  'pipeline_stages.updated_at',
  'pipeline_stages.version',
] as const;

const live = () => q.selectFrom('pipeline_stages').select(stageColumns).where('pipeline_stages.deleted_at', 'is', null);

export const stagesOf = (pipelineId: string) =>
  live().where('pipeline_id', '=', pipelineId).orderBy('pipeline_stages.order_index').orderBy('pipeline_stages.id');

export const oneStage = (id: string) => live().where('pipeline_stages.id', '=', id);

function stored<T extends StageChange>({ probability, ...stage }: T) {
  return {
    ...stage,
    // A stage that wins is closed, whether the caller says so or not.
    ...(stage.is_won === true && stage.is_closed === undefined ? { is_closed: true } : {}),
    ...(probability === undefined ? {} : { probability: String(probability) }),
  };
}

export const insertStages = (pipelineId: string, stages: readonly StageCreate[], from: number) =>
  q
    .insertInto('pipeline_stages')
    .values(stages.map((stage, i) => ({ ...stored(stage), pipeline_id: pipelineId, order_index: from + i })))
    .returning(stageColumns);

export function updateStage(id: string, change: StageChange, version: number | undefined) {
  const query = q
    .updateTable('pipeline_stages')
    .set(stored(change))
    .where('id', '=', id)
    .where('deleted_at', 'is', null);
  return (version === undefined ? query : query.where('version', '=', version)).returning(stageColumns);
}

export const orderStages = (ids: readonly string[]) =>
  q
    .updateTable('pipeline_stages')
    .set({ order_index: sql<number>`array_position(${ids}::uuid[], id) - 1` })
    .where(sql<boolean>`id = any (${ids}::uuid[])`);
