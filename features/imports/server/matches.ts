import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { lockContacts, readContacts } from './batch-queries.ts';
import type { ContactValues } from './contact-values.ts';
import { type Decision, decide } from './decide.ts';
import type { Draft } from './drafts.ts';
import type { Rules } from './rules.ts';

/** Looks up whom the rows name, and decides. The contacts that may be updated stay locked to the transaction's end. */
export const decideAgainst = (tx: CompanyStatements, drafts: readonly Draft[], rules: Rules): Promise<Decision> =>
  decideWith(tx, drafts, rules, lockContacts);

/** The same, as things are now. */
export const matchOnly = (company: CompanyStatements, drafts: readonly Draft[], rules: Rules): Promise<Decision> =>
  decideWith(company, drafts, rules, readContacts);

async function decideWith(
  company: CompanyStatements,
  drafts: readonly Draft[],
  rules: Rules,
  contacts: typeof readContacts | typeof lockContacts,
): Promise<Decision> {
  const keys = [...new Set(drafts.flatMap((draft) => draft.keys))];
  const matches = new Map<string, string | null>();
  if (keys.length > 0) {
    const found = await company.gate<{ key: string; contact_id: string | null }>('import_matches', [
      rules.importId,
      rules.matchBy,
      keys,
    ]);
    for (const { key, contact_id } of found) matches.set(key, contact_id);
  }
  const current = new Map<string, ContactValues>();
  const ids = [...new Set([...matches.values()].filter((id) => id !== null))];
  if (rules.mode === 'update' && ids.length > 0) {
    for (const { id, version, deleted_at, ...values } of await company.many(contacts(ids))) {
      if (deleted_at === null) current.set(id, values as ContactValues);
    }
  }
  return decide(drafts, matches, current, rules);
}
