import { found, invalid, notFound, ProblemError } from '../../../server/platform/problems.ts';
import { ifUnchanged } from '../../../server/platform/versions.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import { checkCustomFields, mergeCustomFields } from '../../custom-fields/server/service.ts';
import type { Deal, DealChange, DealCreate, DealMove } from '../contract.ts';
import { insertDeal, moveDeal, stageExists, updateDeal, updateDeals } from './changes.ts';
import { oneDeal, softDeleteDeals } from './queries.ts';

const noStage = (field: 'stage_id' | 'pipeline_id' = 'stage_id') =>
  invalid(field, 'unknown_reference', 'does not exist, or is still in use');

/** @throws 400 for a stage or pipeline that is not there, or a stage of another pipeline than the one named. */
export async function createDeal(company: Company, deal: DealCreate): Promise<Deal> {
  const custom_fields = await checkCustomFields(company, 'deals', deal.custom_fields, 'create');
  const made = await company.first(insertDeal({ ...deal, custom_fields }));
  if (made === undefined) throw noStage(deal.stage_id === undefined ? 'pipeline_id' : 'stage_id');
  return made;
}

/** @throws 404, 412 as every change; 400 for an unknown stage; 409 for a status that the deal's closed stage decides. */
export async function changeDeal(
  company: Company,
  id: string,
  change: DealChange,
  version: number | undefined,
): Promise<Deal> {
  const { stage_id, status } = change;
  if (stage_id !== undefined && status !== undefined) {
    throw invalid('status', 'decided', 'is decided by the stage that the deal goes to');
  }
  const { custom_fields, ...plain } = change;
  const checked = await checkCustomFields(company, 'deals', custom_fields, 'change');
  const stored = custom_fields === undefined ? plain : { ...plain, custom_fields: mergeCustomFields(checked) };
  const changed = await company.first(updateDeal(id, stored, version));
  return changed ?? refuse(company, id, change, version);
}

/** One statement where all is well; only a refusal asks why. */
export async function move(company: Company, id: string, to: DealMove, version: number | undefined): Promise<Deal> {
  if (version !== undefined) return changeDeal(company, id, to, version);
  const { stage_id: stage, won_reason: won = null, lost_reason: lost = null } = to;
  return (await company.first(moveDeal({ id, stage, won, lost }))) ?? refuse(company, id, to, undefined);
}

async function refuse(
  company: Company,
  id: string,
  { stage_id, status }: DealChange,
  version: number | undefined,
): Promise<never> {
  const deal = found(await company.first(oneDeal({ id })));
  if (version !== undefined && version !== deal.version) {
    await ifUnchanged(undefined, version, async () => deal);
  }
  if (stage_id !== undefined && (await company.first(stageExists(stage_id))) === undefined) throw noStage();
  if (status !== undefined) {
    throw new ProblemError('conflict', 'Its stage is closed and decides the status: move it to an open stage.');
  }
  throw new ProblemError('conflict', 'Two changes met. Please try again.');
}

export interface Touched {
  id: string;
  owner_id: string;
  private_to: string | null;
}

/** All or nothing. @throws 404 where one of them is not there, whoever's it is. */
export function changeDeals(
  company: Company,
  ids: readonly string[],
  change: Omit<DealChange, 'custom_fields'>,
): Promise<Touched[]> {
  return company.transaction(async (tx) => {
    const { stage_id } = change;
    const changed = await tx.many(updateDeals(ids, change));
    if (changed.length === ids.length) return changed;
    if (stage_id !== undefined && (await tx.first(stageExists(stage_id))) === undefined) throw noStage();
    throw notFound();
  });
}

/** All or nothing, as `changeDeals`. */
export function removeDeals(company: Company, ids: readonly string[]): Promise<Touched[]> {
  return company.transaction(async (tx) => {
    const removed = await tx.many(softDeleteDeals(ids));
    if (removed.length !== ids.length) throw notFound();
    return removed;
  });
}
