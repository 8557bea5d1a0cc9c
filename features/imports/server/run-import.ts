import { enqueue, type Job } from '../../../server/platform/jobs.ts';
import { found } from '../../../server/platform/problems.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import { draftOf } from './drafts.ts';
import { pathOf } from './import-file.ts';
import { ImportFileError } from './parse/errors.ts';
import { failImport, importFile, moveImport, setTotal } from './queries.ts';
import { batches, checkFile, countRows, FileChanged, type SourceFile } from './read-batches.ts';
import { readRules } from './rules.ts';
import { type Telling, tellingOf } from './tell.ts';
import { ImportTaken, writeBatch } from './write-batch.ts';

export interface ImportPayload {
  import_id: string;
}

/** Milliseconds after which an import asks again whether the company's other one is through. */
const TURN = 3_000;

/** Imports a file, or goes on where a worker that died left it. */
export const runImport: Job<ImportPayload> = {
  name: 'imports.run',
  async run(company, { import_id }, signal, events) {
    if (!(await claim(company, import_id, 'running', runImport))) return;
    const telling = tellingOf(company, import_id, events);
    try {
      await importRows(company, import_id, signal, telling);
    } catch (error) {
      if (error instanceof ImportTaken) return;
      const code = failureCode(error);
      if (code === undefined) throw error;
      await company.run(failImport(import_id, code, (error as Error).message));
      await telling.outcome();
    }
  },
};

/** Whether it is this import's turn; if it is not, the job comes again. */
export async function claim(company: Company, id: string, work: 'running' | 'undoing', job: Job<ImportPayload>) {
  const [answer] = await company.gate<{ claim_import: string }>('claim_import', [id, work]);
  if (answer?.claim_import === 'busy') {
    await enqueue(company, job, { import_id: id }, { runAt: new Date(Date.now() + TURN), key: `${job.name} ${id}` });
  }
  return answer?.claim_import === 'claimed';
}

/** Failures that another attempt would not mend. */
function failureCode(error: unknown): string | undefined {
  if (error instanceof ImportFileError) return error.code;
  if (error instanceof FileChanged) return 'file_changed';
  if (error instanceof NotAllowed) return 'not_allowed';
  return undefined;
}

class NotAllowed extends Error {
  override name = 'NotAllowed';
}

async function importRows(company: Company, id: string, signal: AbortSignal, telling: Telling): Promise<void> {
  const row = found(await company.first(importFile(id)));
  const file: SourceFile = {
    path: pathOf(company.context.companyId, row.file_key),
    kind: row.kind,
    fileName: row.file_name,
    hash: row.file_hash,
  };
  const rules = await readRules(company, id);
  if (rules === undefined) throw new NotAllowed('The user whose import this is no longer works here.');
  await checkFile(file);
  if (row.rows_total === null) await company.run(setTotal(id, await countRows(file, signal)));

  let { position } = row;
  for await (const rows of batches(file, position + 1)) {
    signal.throwIfAborted();
    const drafts = rows.map((one) => draftOf(one, rules));
    position = await writeBatch(company, drafts, position, rules);
    telling.progress();
  }
  const finished = await company.first(moveImport(id, ['running'], 'finished'));
  if (finished !== undefined) await telling.outcome();
}
