import type { Application, Differences } from '../application/application.ts';
import type { Subject } from '../rule.ts';

/**
 * Something wrong that a hurried engineer, or a hurried migration, does. It lies in the folder of the rule that must turn
 * red: in the database (`sql`), in a file of the code (`sources`), or in the app as it runs (`application`).
 */
export interface Offence {
  what: string;
  /** Done as a migration would, in a transaction that is rolled back. */
  sql?: string;
  /** Files of the code as they are changed; new ones are given whole. */
  sources?: Readonly<Record<string, string | ((text: string) => string)>>;
  /** What is different about the app; features are all that it has then. */
  application?: (given: Application) => Differences | Promise<Differences>;
  /** Other rules that turn red with it; all others must stay green. */
  also?: number[];
  /** Differences to what the database promises: a table that is declared and should not be, for one. */
  promise?: Partial<Subject>;
  /** The auditor cannot look any more, which counts as red. */
  blinds?: boolean;
  /** Only a person can put it right, so the mend is a comment. */
  byPerson?: boolean;
  /** Why no rule sees it, where that is known and left. */
  survives?: string;
}

export const defineOffences = (offences: readonly Offence[]): readonly Offence[] => offences;

/** A company-owned table as a migration makes it; `columns` and `after` are where it goes wrong. */
export const leaked = (columns: string, after = '') => `
  set local role bulkhead_owner;
  create table leaked (${columns});
  ${after};
  reset role`;

export const asOwner = (sql: string) => `set local role bulkhead_owner; ${sql}; reset role`;
export const asGate = (sql: string) => `set local role bulkhead_gate; ${sql}; reset role`;

/** Changes one place of a file; throws where that place is no longer there, so that no defect is seeded in vain. */
export const instead =
  (now: string, then: string) =>
  (text: string): string => {
    if (!text.includes(now)) throw new Error(`this is no longer there to be spoiled: ${now}`);
    return text.replace(now, () => then);
  };
