/** How far data checks go, and where they begin again. */
export interface Limits {
  /** Percent of the rows of each large table to look at, instead of all. */
  sample?: number;
  /** Percent of the time in which batches are worked at; between them it rests, holding nothing. */
  pace?: number;
  /** Rows of one batch; 20,000 if left out. */
  batch?: number;
  /** Milliseconds that one statement may take; 30,000 if left out. */
  timeout?: number;
  /** How far checks came that an earlier run did not finish. */
  state?: State;
  /** Told while a table is walked. */
  onRows?: (progress: { table: string; done: number; of: number }) => void;
}

/** How far the check of one table came. */
export interface Position {
  /** The last key looked at, as text; null once the end was reached. */
  after: string[] | null;
  looked: number;
  /** For each condition, the rows for which it held. */
  bad: number[];
  /** What a check that collects has collected, in its own form. */
  kept?: unknown;
}

/** Keeps positions between runs. */
export interface State {
  get(check: string): Position | undefined;
  set(check: string, position: Position): void;
}
