import { cancelJob, enqueue } from '../../../server/platform/jobs.ts';
import { found } from '../../../server/platform/problems.ts';
import { ifUnchanged } from '../../../server/platform/versions.ts';
import type { Company, CompanyStatements } from '../../../server/tenancy/door.ts';
import { checkCustomFields, mergeCustomFields } from '../../custom-fields/server/service.ts';
import type { Activity, ActivityChange, ActivityCreate } from '../contract.ts';
import { remind } from './jobs.ts';
import { insertActivity, oneActivity, updateActivity } from './queries.ts';

const keyOf = (id: string) => `activities.remind:${id}`;

/**
 * A new time replaces the job that waits for the old one. What is done or deleted keeps its job, which then finds nothing
 * to do; opened again or restored in time, it is still reminded of.
 */
async function schedule(tx: CompanyStatements, { id, reminder_at }: Activity): Promise<void> {
  if (reminder_at === null) return cancelJob(tx, keyOf(id));
  const runAt = new Date(reminder_at);
  await enqueue(tx, remind, { activity_id: id, reminder_at }, { runAt, key: keyOf(id) });
}

export async function createActivity(company: Company, activity: ActivityCreate): Promise<Activity> {
  const custom_fields = await checkCustomFields(company, 'activities', activity.custom_fields, 'create');
  const insert = insertActivity({ ...activity, custom_fields });
  if (!activity.reminder_at) return found(await company.first(insert));
  return company.transaction(async (tx) => {
    const made = found(await tx.first(insert));
    await schedule(tx, made);
    return made;
  });
}

/** @throws 404, 412 as every change. */
export async function changeActivity(
  company: Company,
  id: string,
  { custom_fields, ...change }: ActivityChange,
  version: number | undefined,
): Promise<Activity> {
  const checked = await checkCustomFields(company, 'activities', custom_fields, 'change');
  const update = updateActivity(
    id,
    custom_fields === undefined ? change : { ...change, custom_fields: mergeCustomFields(checked) },
    version,
  );
  const settle = (changed: Activity | undefined, statements: CompanyStatements) =>
    ifUnchanged(changed, version, () => statements.first(oneActivity({ id })));
  if (change.reminder_at === undefined) return settle(await company.first(update), company);
  return company.transaction(async (tx) => {
    const changed = await settle(await tx.first(update), tx);
    await schedule(tx, changed);
    return changed;
  });
}
