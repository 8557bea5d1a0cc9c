import type { Company, CompanyStatements } from '../../../server/tenancy/door.ts';
import { insertChanges, insertContacts, insertErrors, updateContacts } from './batch-queries.ts';
import type { ContactValues, Field } from './contact-values.ts';
import { changedFields, type Decision } from './decide.ts';
import type { Draft } from './drafts.ts';
import { decideAgainst } from './matches.ts';
import { advance, leaveMorePending, lockImport } from './queries.ts';
import { BATCH } from './read-batches.ts';
import type { Rules } from './rules.ts';

/** Somebody cancelled the import, or another worker went on with it: this one has to stop. */
export class ImportTaken extends Error {
  override name = 'ImportTaken';
}

/**
 * Deals with a batch of rows: contacts, what to undo, errors and the new position stand or fall together, so a row is
 * never lost and never imported twice, wherever the process dies. A batch that the database refuses is halved until the
 * row is found that it does not take.
 * @returns the position after it
 */
export async function writeBatch(
  company: Company,
  drafts: readonly Draft[],
  from: number,
  rules: Rules,
): Promise<number> {
  try {
    return await company.transaction((tx) => write(tx, drafts, from, rules));
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
    if (drafts.length > 1) {
      const middle = Math.ceil(drafts.length / 2);
      const position = await writeBatch(company, drafts.slice(0, middle), from, rules);
      return writeBatch(company, drafts.slice(middle), position, rules);
    }
    const problem = {
      column: null,
      field: null,
      code: 'not_acceptable',
      message: 'A value of this row has a form that cannot be kept.',
      value: null,
    };
    const refused = drafts.map((draft) => ({
      ...draft,
      failed: true,
      keys: [],
      problems: [...draft.problems, problem],
    }));
    return company.transaction((tx) => write(tx, refused, from, rules));
  }
}

// Data exceptions, and checks and references that a value breaks: trying again would not help.
const isRefusedValue = (error: unknown): boolean => /^(22|23)/.test((error as { code?: string }).code ?? '');

async function write(tx: CompanyStatements, drafts: readonly Draft[], from: number, rules: Rules): Promise<number> {
  const id = rules.importId;
  const now = await tx.first(lockImport({ id }));
  if (now?.status !== 'running' || now.position !== from) throw new ImportTaken();
  // The last batch, which is hardly ever full, clears up what the others left for the trigram index to take in.
  if (drafts.length === BATCH) await tx.run(leaveMorePending({}));
  const decision = await decideAgainst(tx, drafts, rules);
  await writeContacts(tx, decision, id);
  await insertErrors(
    tx,
    decision.errors.map(({ row, failed, problems, cells }) => ({
      import_id: id,
      row_number: row,
      failed,
      problems: JSON.stringify(problems),
      cells: JSON.stringify(cells),
    })),
  );
  const position = drafts.at(-1)?.number ?? from;
  await tx.run(advance({ id, position, done: drafts.length, ...decision.tally }));
  return position;
}

async function writeContacts(tx: CompanyStatements, { creates, updates }: Decision, importId: string): Promise<void> {
  const made = await insertContacts(
    tx,
    creates.map(({ after }) => after),
  );
  await insertChanges(
    tx,
    creates.map(({ row }, n) => ({
      import_id: importId,
      contact_id: (made[n] as { id: string }).id,
      row_number: row,
      action: 'created',
      contact_version: 1,
      before: {},
      after: {},
    })),
  );
  if (updates.length === 0) return;
  const written = await tx.many(updateContacts(updates.map(({ id, after }) => ({ ...after, id: id as string }))));
  const versions = new Map(written.map(({ id, version }) => [id, version]));
  await insertChanges(
    tx,
    updates.map(({ id, row, before, after }) => {
      const changed = changedFields(before, after);
      return {
        import_id: importId,
        contact_id: id as string,
        row_number: row,
        action: 'updated',
        contact_version: versions.get(id as string) ?? 0,
        before: only(changed, before),
        after: only(changed, after),
      };
    }),
  );
}

const only = (names: readonly Field[], values: ContactValues): Partial<ContactValues> =>
  Object.fromEntries(names.map((name) => [name, values[name]]));
