import { createHash } from 'node:crypto';
import type { Catalog, Table } from './catalog.ts';
import type { Decisions, Plan, Step, TableDecision } from './plan.ts';
import { backfill } from './steps/backfill.ts';
import { column } from './steps/column.ts';
import { count } from './steps/count.ts';
import { force } from './steps/force.ts';
import { keys } from './steps/keys.ts';
import { policies } from './steps/policies.ts';
import { prepare } from './steps/prepare.ts';
import { references } from './steps/references.ts';
import { required } from './steps/required.ts';

/** What the writers of steps are handed. */
export interface Draft {
  catalog: Catalog;
  decisions: Decisions;
  /** The tables that belong to a tenant. */
  owned: { table: Table; decision: TableDecision; had: boolean }[];
}

/** Writes every statement of an adoption, and the one that takes it back. */
export function draft(catalog: Catalog, decisions: Decisions): Plan {
  const owned = Object.entries(decisions.tables)
    .filter(([, decision]) => decision.class === 'tenant')
    .map(([name, decision]) => {
      const table = catalog.tables.get(name);
      if (!table) throw new Error(`There is no table ${name}.`);
      return { table, decision, had: table.columns.some((c) => c.name === decisions.tenant.column) };
    });
  const context: Draft = { catalog, decisions, owned };
  const steps: Step[] = [count, prepare, column, backfill, required, keys, references, policies, force].flatMap(
    (write) => write(context),
  );
  const twice = steps.find(({ name }, i) => steps.findIndex((other) => other.name === name) !== i);
  if (twice) throw new Error(`Two steps are named "${twice.name}".`);
  return {
    format: 'bulkhead-adopt/1',
    database: catalog.database,
    made_at: new Date().toISOString(),
    decisions,
    written_for: digest(decisions),
    steps,
  };
}

export const digest = (decisions: Decisions): string =>
  createHash('sha256').update(JSON.stringify(decisions)).digest('hex').slice(0, 16);
