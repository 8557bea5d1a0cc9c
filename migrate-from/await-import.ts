import { setTimeout as sleep } from 'node:timers/promises';
import { oneImport } from '../features/imports/server/queries.ts';
import { runImport } from '../features/imports/server/run-import.ts';
import { enqueue } from '../server/platform/jobs.ts';
import type { Company } from '../server/tenancy/door.ts';

/** Milliseconds after which nobody is believed to take the job; a worker that runs looks several times a second. */
const PATIENCE = 3_000;
/** Milliseconds after which a worker looks at what was taken from it, lest it stays half done when this process dies. */
const LATER = 600_000;
const POLL = 250;
const UNDER_WAY = ['queued', 'running'];

/**
 * Waits until an import that was started has ended. The worker runs it; where none does, it is run here, and its job waits
 * in case that this process does not reach the end.
 * @returns the import as it ended
 */
export async function endOf(company: Company, id: string) {
  let waitedSince = Date.now();
  for (;;) {
    const now = await company.first(oneImport({ id }));
    if (now === undefined) throw new Error('The import was removed meanwhile.');
    if (!UNDER_WAY.includes(now.status)) return now;
    if (now.status === 'queued' && Date.now() - waitedSince > PATIENCE) {
      if (await takenBack(company, id)) {
        await runImport.run(company, { import_id: id }, new AbortController().signal);
        // Not where it is the turn of another import first.
        if (!UNDER_WAY.includes((await company.first(oneImport({ id })))?.status ?? '')) await forget(company, id);
      }
      waitedSince = Date.now();
    }
    await sleep(POLL);
  }
}

const keyOf = (id: string): string => `${runImport.name} ${id}`;

/** Takes the job from the queue, if no worker has it: only one of the two gets it. */
const takenBack = (company: Company, id: string): Promise<boolean> =>
  company.transaction(async (tx) => {
    const taken = await tx.gate('cancel_job_by_key', [keyOf(id)]);
    if (taken.length > 0) {
      await enqueue(tx, runImport, { import_id: id }, { key: keyOf(id), runAt: new Date(Date.now() + LATER) });
    }
    return taken.length > 0;
  });

const forget = (company: Company, id: string) => company.gate('cancel_job_by_key', [keyOf(id)]);
