import { enqueue, type Job } from '../../../server/platform/jobs.ts';
import { found, invalid, ProblemError } from '../../../server/platform/problems.ts';
import type { Caller } from '../../../server/platform/session.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import { type ImportSettings, importModes } from '../contract.ts';
import { type CustomFieldRule, changeColumns, checkCountry, guessColumns } from './columns.ts';
import { dropFile, dropFolder } from './import-file.ts';
import { sampleOf } from './preview.ts';
import { changeImport, insertImport, moveImport, oneImport } from './queries.ts';
import { readable } from './readable.ts';
import { customFieldDefinitions, defineMissing } from './rules.ts';
import { type ImportPayload, runImport } from './run-import.ts';
import { undoImport } from './undo-import.ts';
import type { Upload } from './upload-parts.ts';

type User = Extract<Caller, { kind: 'user' }>;
const SAMPLE = 100;

/** Makes an import of an uploaded file, its mapping guessed. The file goes where the import cannot be made. */
export async function prepareImport(company: Company, caller: User, kind: 'csv' | 'xlsx', upload: Upload) {
  const { file, fileName, fields } = upload;
  try {
    const { mapping, mode, match_by } = uploadFields(fields);
    const { headers, rows } = await readable(() => sampleOf(file.path, kind, fileName, SAMPLE));
    const custom = await customFieldRule(company, caller);
    const { source, columns } = guessColumns(
      headers,
      rows.map(({ cells }) => cells),
      custom,
    );
    const made = found(
      await company.first(
        insertImport({
          kind,
          file_name: fileName,
          file_key: file.key,
          file_bytes: file.bytes,
          file_hash: file.hash,
          source,
          headers,
          mapping: mapping === undefined ? columns : changeColumns(columns, mapping, custom),
          mode,
          match_by,
          contact_owner_id: caller.userId,
        }),
      ),
    );
    return { made, rows };
  } catch (error) {
    await dropFile(file.path);
    throw error;
  }
}

async function customFieldRule(company: Company, caller: User): Promise<CustomFieldRule> {
  const defined = await company.many(customFieldDefinitions());
  return { known: new Set(defined.map(({ key }) => key)), mayDefine: caller.role === 'company_admin' };
}

function uploadFields(fields: Record<string, string>) {
  const choice = <const T extends string>(field: string, choices: readonly T[]): T => {
    const chosen = fields[field] ?? choices[0];
    const found = choices.find((one) => one === chosen);
    if (found === undefined) throw invalid(field, 'unknown', `must be one of ${choices.join(', ')}`);
    return found;
  };
  return {
    mapping: fields.mapping === undefined ? undefined : parseMapping(fields.mapping),
    mode: choice('mode', importModes),
    match_by: choice('match_by', ['email', 'phone']),
  };
}

function parseMapping(text: string): Record<string, string | null> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {}
  const fits =
    typeof parsed === 'object' &&
    parsed !== null &&
    !Array.isArray(parsed) &&
    Object.values(parsed).every((field) => field === null || (typeof field === 'string' && field.length <= 60));
  if (!fits) throw invalid('mapping', 'malformed', 'must be a JSON object: a field, or null, by column header');
  return parsed as Record<string, string | null>;
}

/** Changes an import that has not begun. A rep's contacts are their own; others choose owners whom they see. */
export async function changeSettings(
  company: Company,
  caller: User,
  id: string,
  { mapping, owner_id, ...plain }: ImportSettings,
  version: number | undefined,
) {
  const before = found(await company.first(oneImport({ id })));
  checkCountry(plain.default_country);
  if (owner_id != null) refuseUnseenOwner(caller, owner_id);
  const changed = await company.first(
    changeImport(
      id,
      {
        ...(plain as object),
        ...(owner_id === undefined ? {} : { contact_owner_id: owner_id }),
        ...(mapping === undefined
          ? {}
          : { mapping: changeColumns(before.mapping, mapping, await customFieldRule(company, caller)) }),
      },
      version,
    ),
  );
  if (changed !== undefined) return changed;
  const now = found(await company.first(oneImport({ id })));
  if (now.status !== 'ready')
    throw new ProblemError('conflict', 'The import has begun; its settings stay as they are.');
  throw new ProblemError('precondition-failed', 'Somebody else changed this since you opened it.');
}

function refuseUnseenOwner({ role, owners, userId }: User, owner: string): void {
  const seen = role === 'sales_rep' ? owner === userId : owners === '*' || owners.includes(owner);
  if (!seen)
    throw new ProblemError('forbidden', 'You can import contacts for yourself and for people whose records you see.');
}

/** Puts the import into the queue, in one transaction with its new status. */
export async function startImport(company: Company, caller: User, id: string) {
  return company.transaction(async (tx) => {
    const moved = await tx.first(moveImport(id, ['ready', 'failed'], 'queued'));
    if (moved === undefined) throw await refusal(id, 'It has begun already.');
    if (moved.owner_id === null && moved.user_id === null) {
      throw invalid('owner_id', 'required', 'choose whose contacts they will be');
    }
    if (caller.role === 'company_admin') await defineMissing(tx, moved.mapping);
    await enqueue(tx, runImport as Job<ImportPayload>, { import_id: id }, { key: `imports.run ${id}` });
    return moved;
  });
  async function refusal(importId: string, detail: string) {
    found(await company.first(oneImport({ id: importId })));
    return new ProblemError('conflict', detail);
  }
}

/** Stops after the batch that is being written; what was imported stays, and can be undone. */
export async function cancelImport(company: Company, id: string) {
  const moved = await company.first(moveImport(id, ['ready', 'queued', 'running'], 'cancelled'));
  if (moved !== undefined) return moved;
  found(await company.first(oneImport({ id })));
  throw new ProblemError('conflict', 'It is over already.');
}

/** What a company uploaded goes with the company. */
export const dropFilesOf = (companyId: string): Promise<void> => dropFolder(companyId);

export async function startUndo(company: Company, id: string) {
  return company.transaction(async (tx) => {
    const moved = await tx.first(moveImport(id, ['finished', 'cancelled', 'failed'], 'undo_queued'));
    if (moved === undefined) {
      found(await tx.first(oneImport({ id })));
      throw new ProblemError('conflict', 'Only an import that has ended can be undone; cancel it first.');
    }
    await enqueue(tx, undoImport as Job<ImportPayload>, { import_id: id }, { key: `imports.undo ${id}` });
    return moved;
  });
}
