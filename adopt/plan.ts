/** What a table is: the tenants themselves, owned by one tenant each, shared by all, or not decided by anybody yet. */
export type TableClass = 'tenants' | 'tenant' | 'global' | 'ask';

/** A way from a row to its tenant: through the row that it points at or, in reverse, through rows that point at it. */
export interface Path {
  /** Of this table; in reverse too, where it is what the others point at. */
  columns: string[];
  /** The other table, quoted and with its schema. */
  table: string;
  /** Of the other table. */
  key: string[];
  reverse?: boolean;
  /** For each column the schema, quoted, of the operator that compares it with the key. Left out: all in pg_catalog. */
  operators?: string[];
}

export interface UniqueKey {
  index: string;
  /** As PostgreSQL writes it. */
  definition: string;
  /** `tenant` makes it unique within a tenant; `global` leaves it: then one tenant can learn what another has. */
  scope: 'tenant' | 'global';
}

export interface TableDecision {
  class: TableClass;
  /** What the class was decided by. */
  why: string;
  paths?: Path[];
  unique?: UniqueKey[];
  /** Keys to be had at most once in a tenant from now on; the empty list means one row for each tenant. */
  new_unique?: string[][];
  /** The column with the user to whom rows that had no tenant stay private. */
  private_to?: string;
}

export interface Decisions {
  tenant: {
    table: string;
    key: string;
    type: string;
    column: string;
    /** Schema and setting of the function that tells the tenant of the running transaction. */
    schema: string;
    setting: string;
    /** The setting that tells the user, for rows that are private to one. */
    user_setting: string;
  };
  app_role: string;
  /** Table, quoted and with its schema, to what was decided of it. */
  tables: Record<string, TableDecision>;
}

export const PHASES = [
  'count',
  'prepare',
  'column',
  'backfill',
  'required',
  'keys',
  'references',
  'policies',
  'force',
] as const;
export type Phase = (typeof PHASES)[number];

/**
 * How a step is run. `once`: its statements in one transaction, those with CONCURRENTLY before it and outside. `batches`:
 * again and again, each time from where the last ended. `rounds`: as long as any of them changes something.
 */
export type StepKind = 'once' | 'batches' | 'gate' | 'count';

export interface Step {
  name: string;
  phase: Phase;
  kind: StepKind;
  table?: string;
  do: string[];
  /** The tables that the statements write to, if the application's triggers must not fire: in batches, one for each statement. */
  quiet?: string[];
  /** Takes it back; written before anything is done. */
  undo: string[];
  /** Must find no row once it is done. */
  check?: string;
}

export interface Plan {
  format: 'bulkhead-adopt/1';
  database: string;
  made_at: string;
  decisions: Decisions;
  /** Digest of the decisions that the steps were written for. */
  written_for: string;
  steps: Step[];
}
