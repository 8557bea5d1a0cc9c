import type { Static } from 'typebox';
import { found, invalid, ProblemError } from '../../../server/platform/problems.ts';
import { ifUnchanged } from '../../../server/platform/versions.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import type { Stage, StageChange, StageCreate } from '../contract.ts';
import { onePipeline, touchPipeline } from './queries.ts';
import { retireStages } from './service.ts';
import { insertStages, oneStage, orderStages, stagesOf, updateStage } from './stage-queries.ts';

type StageRow = Static<typeof Stage>;

export function addStage(company: Company, pipelineId: string, stage: StageCreate): Promise<StageRow> {
  return company.transaction(async (tx) => {
    found(await tx.first(touchPipeline(pipelineId)));
    const last = (await tx.many(stagesOf(pipelineId))).at(-1);
    return found(await tx.first(insertStages(pipelineId, [stage], (last?.order_index ?? -1) + 1)));
  });
}

/** @throws 400 unless `ids` names every stage of the pipeline once. */
export function reorderStages(
  company: Company,
  pipelineId: string,
  ids: string[],
  version: number | undefined,
): Promise<StageRow[]> {
  return company.transaction(async (tx) => {
    await ifUnchanged(await tx.first(touchPipeline(pipelineId, version)), version, () =>
      tx.first(onePipeline({ id: pipelineId })),
    );
    const stages = await tx.many(stagesOf(pipelineId));
    const wanted = new Set(ids.map((id) => id.toLowerCase()));
    if (wanted.size !== stages.length || !stages.every((stage) => wanted.has(stage.id))) {
      throw invalid('stage_ids', 'incomplete', 'must name every stage of the pipeline once');
    }
    await tx.run(orderStages(ids));
    return tx.many(stagesOf(pipelineId));
  });
}

/** @throws 409 for changing what a stage decides while deals are in it: they were decided otherwise. */
export function changeStage(
  company: Company,
  id: string,
  change: StageChange,
  version: number | undefined,
): Promise<StageRow> {
  return company.transaction(async (tx) => {
    const { pipeline_id } = found(await tx.first(oneStage(id)));
    found(await tx.first(touchPipeline(pipeline_id)));
    const was = found(await tx.first(oneStage(id)));
    const stage = await ifUnchanged(await tx.first(updateStage(id, change, version)), version, () =>
      tx.first(oneStage(id)),
    );
    if (was.is_closed !== stage.is_closed || was.is_won !== stage.is_won) {
      const [held] = await tx.gate<{ deals_in_stage: number }>('deals_in_stage', [id]);
      if (held !== undefined && held.deals_in_stage > 0) {
        throw new ProblemError(
          'conflict',
          `It holds ${held.deals_in_stage} deals: move them before you change what it decides.`,
        );
      }
    }
    return stage;
  });
}

/** @returns the id of its pipeline. */
export function removeStage(company: Company, id: string, moveTo: string | undefined): Promise<string> {
  return company.transaction(async (tx) => {
    const { pipeline_id } = found(await tx.first(oneStage(id)));
    found(await tx.first(touchPipeline(pipeline_id)));
    const stages = (await tx.many(stagesOf(pipeline_id))).map((stage) => stage.id);
    found(stages.find((stage) => stage === id.toLowerCase()));
    if (stages.length === 1) throw new ProblemError('conflict', 'A pipeline keeps at least one stage.');
    if (moveTo !== undefined && !stages.includes(moveTo.toLowerCase())) {
      throw invalid('move_to', 'unknown_reference', 'does not exist, or is still in use');
    }
    await retireStages(tx, [id], moveTo);
    return pipeline_id;
  });
}
