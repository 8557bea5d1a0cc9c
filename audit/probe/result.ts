import type { Cell, Outcome } from './matrix.ts';

/** What a run of the probe found. Kept as JSON and shown on pages: its form is a promise, named by `format`. */
export interface ProbeResult {
  format: 'bulkhead-probe/1';
  /** ISO 8601, UTC. */
  startedAt: string;
  finishedAt: string;
  target: { url: string; title: string; version: string };
  endpoints: { method: string; path: string; scope: string }[];
  attacks: { number: number; name: string }[];
  cells: Cell[];
  counts: Record<Outcome, number>;
  requests: number;
  /** Why the run ended early; undefined where it came to its end. */
  stopped?: string;
  /** Rows that the probe made and the API did not let it delete. */
  leftBehind: string[];
}

export const OUTCOMES: readonly Outcome[] = ['leaked', 'held', 'not reached', 'not applicable'];

export const countsOf = (cells: readonly Cell[]): Record<Outcome, number> =>
  Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, cells.filter((cell) => cell.outcome === outcome).length]),
  ) as Record<Outcome, number>;
