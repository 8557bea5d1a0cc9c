import type { Problem } from '../contract.ts';
import { type ContactValues, emptyContact, type Field, fields, merge, same } from './contact-values.ts';
import { type Draft, keysOf } from './drafts.ts';
import type { Tally } from './queries.ts';
import type { Rules } from './rules.ts';

export type Outcome = 'created' | 'updated' | 'skipped' | 'failed';

interface Target {
  /** Undefined for a contact that this batch creates. */
  id: string | undefined;
  row: number;
  before: ContactValues;
  after: ContactValues;
}

/** What a batch of rows will do to the company's contacts. */
export interface Decision {
  creates: Target[];
  updates: Target[];
  /** One for each draft, in their order. */
  outcomes: Outcome[];
  contacts: Partial<ContactValues>[];
  errors: { row: number; failed: boolean; problems: Problem[]; cells: string[] }[];
  tally: Tally;
}

/**
 * @param matches id of the contact that each key names; null where it is a colleague's that the user cannot see
 * @param current the contacts that may be updated, locked
 */
export function decide(
  drafts: readonly Draft[],
  matches: ReadonlyMap<string, string | null>,
  current: ReadonlyMap<string, ContactValues>,
  rules: Rules,
): Decision {
  const targets = new Map<string, Target>();
  const inFile = new Map<string, Target>();
  const decision: Decision = {
    creates: [],
    updates: [],
    outcomes: [],
    contacts: [],
    errors: [],
    tally: { created: 0, updated: 0, skipped: 0, failed: 0, warnings: 0 },
  };

  for (const draft of drafts) {
    const problems = [...draft.problems];
    let contact = draft.values;
    const outcome = draft.failed ? 'failed' : settle();
    decision.outcomes.push(outcome);
    decision.contacts.push(contact);
    decision.tally[outcome] += 1;
    if (problems.length > 0 && outcome !== 'skipped') {
      decision.errors.push({ row: draft.number, failed: outcome === 'failed', problems, cells: draft.cells });
      if (outcome !== 'failed') decision.tally.warnings += 1;
    }

    function settle(): Outcome {
      const known = find(draft.keys);
      if (known === undefined) return create();
      if (rules.mode === 'skip') return 'skipped';
      if (known === 'hidden') {
        // A second contact would have two people work the same customer without knowing of each other.
        const message =
          'A colleague already has this contact. Ask somebody who sees it to import the row, or to share it.';
        problems.push({ column: null, field: null, code: 'belongs_to_colleague', message, value: null });
        return 'failed';
      }
      return update(known);
    }

    function create(): Outcome {
      const missing = [...rules.customFields.values()].filter(
        ({ key, is_required }) => is_required && draft.values.custom_fields?.[key] === undefined,
      );
      for (const { key, label } of missing) {
        const message = `Your company requires “${label}”.`;
        problems.push({ column: null, field: `custom:${key}`, code: 'required', message, value: null });
      }
      if (missing.length > 0) return 'failed';
      const start = { ...emptyContact, status: rules.defaultStatus, owner_id: rules.ownerId, tags: rules.tags };
      const after = merge(start, draft.values);
      const target = { id: undefined, row: draft.number, before: emptyContact, after };
      decision.creates.push(target);
      remember(target);
      contact = after;
      return 'created';
    }

    function update(target: Target): Outcome {
      // Whose contact it is, an import leaves as it is.
      const { owner_id: _, ...row } = draft.values;
      const sameAddress = row.email != null && row.email.toLowerCase() === target.after.email?.toLowerCase();
      const after = merge(target.after, sameAddress ? { ...row, email: target.after.email } : row);
      contact = after;
      if (changedFields(target.after, after).length === 0) return 'skipped';
      target.after = after;
      target.row ||= draft.number;
      if (target.id !== undefined && !decision.updates.includes(target)) decision.updates.push(target);
      remember(target);
      return 'updated';
    }
  }
  return decision;

  function find(keys: readonly string[]): Target | 'hidden' | undefined {
    for (const key of keys) {
      const earlier = inFile.get(key);
      if (earlier !== undefined) return earlier;
      const id = matches.get(key);
      if (id === null) return 'hidden';
      if (id === undefined) continue;
      const before = current.get(id);
      if (before === undefined && rules.mode === 'update') continue; // deleted a moment ago
      const target = targets.get(id) ?? { id, row: 0, before: before ?? emptyContact, after: before ?? emptyContact };
      targets.set(id, target);
      return target;
    }
    return undefined;
  }

  function remember(target: Target): void {
    for (const key of keysOf(target.after, rules)) inFile.set(key, target);
  }
}

export const changedFields = (before: ContactValues, after: ContactValues): Field[] =>
  fields.filter((field) => !same(before[field], after[field]));
