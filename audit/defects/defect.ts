import type { Subject } from '../rule.ts';

/** Something wrong that a hurried migration, or a hurried person, does to the database. */
export interface Defect {
  what: string;
  sql: string;
  /** The rules that must turn red, and no others. */
  red: number[];
  /** Differences to what the database promises: a table that is declared and should not be, for one. */
  promise?: Partial<Subject>;
  /** The auditor cannot look any more, which counts as red. */
  blinds?: boolean;
  /** Only a person can put it right, so the mend is a comment. */
  byPerson?: boolean;
}

/** A company-owned table as a migration makes it; `columns` and `after` are where it goes wrong. */
export const leaked = (columns: string, after = '') => `
  set local role bulkhead_owner;
  create table leaked (${columns});
  ${after};
  reset role`;

export const asOwner = (sql: string) => `set local role bulkhead_owner; ${sql}; reset role`;
export const asGate = (sql: string) => `set local role bulkhead_gate; ${sql}; reset role`;
