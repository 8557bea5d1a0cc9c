import type { Settings } from '../context.ts';
import type { JsonRows } from './json-rows.ts';

/** What a statement brought. `json` is there where it was asked for, `rows` where not. */
export interface Answer {
  rows: object[];
  rowCount: number;
  json?: JsonRows;
}

/** A statement on its way to the database, with the company in which it runs. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly settings: Settings;
  /** Rows as the JSON that goes to the client, behind this beginning; left out, they are objects. */
  readonly json?: Buffer | undefined;
  /** Told once. */
  readonly done: (error: Error | null, answer: Answer) => void;
}

export const NOTHING: Answer = { rows: [], rowCount: 0 };

const names = new Map<string, string>();
const MOST_NAMES = 2000;

/** A statement name per SQL text. Past a bound texts go unnamed (''): filters of users must not fill the server's memory. */
export function statementName(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    if (names.size >= MOST_NAMES) return '';
    name = `q${names.size}`;
    names.set(text, name);
  }
  return name;
}
