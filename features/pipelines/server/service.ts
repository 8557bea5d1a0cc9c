import { found, invalid, ProblemError } from '../../../server/platform/problems.ts';
import { ifUnchanged } from '../../../server/platform/versions.ts';
import type { Company, CompanyStatements } from '../../../server/tenancy/door.ts';
import type { Pipeline, PipelineChange, PipelineCreate } from '../contract.ts';
import {
  countPipelines,
  deletePipeline,
  insertPipeline,
  noDefault,
  oneAtATime,
  onePipeline,
  restorePipeline,
  restoreStages,
  touchPipeline,
  updatePipeline,
} from './queries.ts';
import { insertStages, oneStage } from './stage-queries.ts';

const read = async (company: CompanyStatements, id: string): Promise<Pipeline> =>
  found(await company.first(onePipeline({ id })));

/** A company's first pipeline is its default, whatever was asked: there is always exactly one. */
export function createPipeline(company: Company, { stages = [], ...pipeline }: PipelineCreate): Promise<Pipeline> {
  return company.transaction(async (tx) => {
    await tx.run(oneAtATime());
    const others = found(await tx.first(countPipelines())).count;
    const is_default = others === 0 || pipeline.is_default === true;
    if (is_default) await tx.run(noDefault());
    const { id } = found(await tx.first(insertPipeline({ order_index: others, ...pipeline, is_default })));
    if (stages.length > 0) await tx.run(insertStages(id, stages, 0));
    return read(tx, id);
  });
}

/** @throws 409 for taking the default away: another pipeline is made the default instead. */
export function changePipeline(
  company: Company,
  id: string,
  change: PipelineChange,
  version: number | undefined,
): Promise<Pipeline> {
  return company.transaction(async (tx) => {
    if (change.is_default !== undefined) await tx.run(oneAtATime());
    const was = await ifUnchanged(await tx.first(touchPipeline(id, version)), version, () =>
      tx.first(onePipeline({ id })),
    );
    if (was.is_default && change.is_default === false) {
      throw new ProblemError('conflict', 'A company has one default pipeline: make another one the default instead.');
    }
    if (!was.is_default && change.is_default === true) await tx.run(noDefault());
    await tx.run(updatePipeline(id, change));
    return read(tx, id);
  });
}

/** @throws 409 for the default pipeline, and for one that holds deals while `moveTo` names no stage for them. */
export function removePipeline(company: Company, id: string, moveTo: string | undefined): Promise<void> {
  return company.transaction(async (tx) => {
    found(await tx.first(touchPipeline(id)));
    const { stages } = await read(tx, id);
    await retireStages(
      tx,
      stages.map((stage) => stage.id),
      moveTo,
    );
    if ((await tx.first(deletePipeline(id))) === undefined) {
      throw new ProblemError('conflict', 'The default pipeline stays: make another one the default first.');
    }
  });
}

/** Deletes stages, once no deal is in them or another stage takes the deals. */
export async function retireStages(tx: CompanyStatements, stages: string[], moveTo: string | undefined): Promise<void> {
  if (moveTo !== undefined && (stages.includes(moveTo) || (await tx.first(oneStage(moveTo))) === undefined)) {
    throw invalid('move_to', 'unknown_reference', 'does not exist, or is still in use');
  }
  const [done] = await tx.gate<{ held: number; moved: number }>('retire_stages', [stages, moveTo ?? null]);
  if (done !== undefined && done.held > 0 && done.moved === 0) {
    throw new ProblemError('conflict', `It holds ${done.held} deals: name a stage that takes them in move_to.`);
  }
}

export function restore(company: Company, id: string): Promise<Pipeline> {
  return company.transaction(async (tx) => {
    await tx.run(restoreStages(id));
    found(await tx.first(restorePipeline(id)));
    return read(tx, id);
  });
}
