import type { Job } from '../../../server/platform/jobs.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { binContacts, type CurrentContact, lockContacts, updateContacts } from './batch-queries.ts';
import { type ContactValues, type Field, same } from './contact-values.ts';
import { lockImport, moveImport } from './queries.ts';
import { BATCH } from './read-batches.ts';
import { claim, type ImportPayload } from './run-import.ts';
import { tellingOf } from './tell.ts';
import {
  type ChangeToUndo,
  changesToUndo,
  countUndone,
  markUndone,
  referencedContacts,
  type Undone,
} from './undo-queries.ts';

/** Takes an import back: what it created goes into the bin, what it changed gets its earlier values, unless edited since. */
export const undoImport: Job<ImportPayload> = {
  name: 'imports.undo',
  async run(company, { import_id }, signal, events) {
    if (!(await claim(company, import_id, 'undoing', undoImport))) return;
    const telling = tellingOf(company, import_id, events);
    for (let more = true; more; ) {
      signal.throwIfAborted();
      more = await company.transaction((tx) => undoBatch(tx, import_id));
      telling.progress();
    }
    const undone = await company.first(moveImport(import_id, ['undoing'], 'undone'));
    if (undone !== undefined) await telling.outcome();
  },
};

async function undoBatch(tx: CompanyStatements, id: string): Promise<boolean> {
  const now = await tx.first(lockImport({ id }));
  if (now?.status !== 'undoing') return false;
  const changes = await tx.many(changesToUndo(id, BATCH));
  if (changes.length === 0) return false;
  const ids = changes.map(({ contact_id }) => contact_id);
  const contacts = new Map((await tx.many(lockContacts(ids))).map((one) => [one.id, one as CurrentContact]));
  const created = changes.filter(({ action }) => action === 'created').map(({ contact_id }) => contact_id);
  const inUse = new Set((await tx.many(referencedContacts(created))).map(({ contact_id }) => contact_id));

  const bin: string[] = [];
  const restored: (ContactValues & { id: string })[] = [];
  const undone = changes.map((change): Undone => {
    const contact = contacts.get(change.contact_id);
    const kept = (reason: string): Undone => ({ id: change.id, undo: 'kept', undo_reason: reason });
    if (contact === undefined) return kept('It now belongs to somebody whose contacts you cannot see, or is gone.');
    if (contact.deleted_at !== null) return kept('It was deleted since.');
    if (change.action === 'created') {
      if (contact.version !== change.contact_version) return kept('It was edited since.');
      if (inUse.has(contact.id)) return kept('A deal, an activity or a note refers to it.');
      bin.push(contact.id);
      return { id: change.id, undo: 'undone', undo_reason: null };
    }
    const { values, edited } = restore(contact, change);
    const names = Object.keys(change.before);
    if (edited.length < names.length) restored.push({ ...values, id: contact.id });
    if (edited.length === 0) return { id: change.id, undo: 'undone', undo_reason: null };
    const reason = `Edited since: ${edited.join(', ')}.`;
    return edited.length === names.length ? kept(reason) : { id: change.id, undo: 'partly', undo_reason: reason };
  });
  if (bin.length > 0) await tx.run(binContacts(bin));
  if (restored.length > 0) await tx.run(updateContacts(restored));
  await tx.run(markUndone(undone));
  const kept = undone.filter(({ undo }) => undo !== 'undone').length;
  await tx.run(countUndone(id, undone.length - kept, kept));
  return true;
}

/** The contact with the earlier value of each field that still says what the import made it say. */
function restore(contact: CurrentContact, { before, after }: ChangeToUndo) {
  const { id: _, version: __, deleted_at: ___, ...now } = contact;
  const values: ContactValues = { ...now };
  const edited: Field[] = [];
  for (const field of Object.keys(before) as Field[]) {
    if (same(now[field], after[field])) Object.assign(values, { [field]: before[field] });
    else edited.push(field);
  }
  return { values, edited };
}
