import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { csvWriter } from '../server/platform/csv-writer.ts';
import type { Outcome } from './put-batch.ts';

export interface TableAccount {
  read: number;
  brought: number;
  there: number;
  left: number;
  /** How many came without something. */
  lessened: number;
  /** How many rows for each reason. */
  reasons: Map<string, number>;
  /** Columns of the source that nothing was made of. */
  columns: string[];
}

/** Accounts for every row: sums by table, and where a file is wanted, a line of CSV for each row. */
export class Report {
  readonly tables = new Map<string, TableAccount>();
  readonly #csv = csvWriter();
  readonly #written: Promise<void>;

  constructor(path: string | undefined) {
    this.#written = path === undefined ? Promise.resolve() : this.#to(path);
    if (path === undefined) this.#csv.resume();
    this.#csv.write(['table', 'id', 'company_id', 'outcome', 'reason']);
  }

  async #to(path: string): Promise<void> {
    await finished(this.#csv.pipe(createWriteStream(path, { mode: 0o600 })));
  }

  account(table: string): TableAccount {
    const known = this.tables.get(table);
    if (known) return known;
    const made = { read: 0, brought: 0, there: 0, left: 0, lessened: 0, reasons: new Map(), columns: [] };
    this.tables.set(table, made);
    return made;
  }

  /**
   * @param outcome 'brought', 'there already', or why it was not brought
   * @param left what was left out of a row that came
   */
  async row(table: string, id: string, companyId: string | null, outcome: Outcome, left = ''): Promise<void> {
    const account = this.account(table);
    account.read += 1;
    if (left !== '') account.lessened += 1;
    const came = outcome === 'brought' || outcome === 'there already';
    if (outcome === 'brought') account.brought += 1;
    else if (came) account.there += 1;
    else {
      account.left += 1;
      const reason = outcome.replace(/: Key .*/s, '');
      account.reasons.set(reason, (account.reasons.get(reason) ?? 0) + 1);
    }
    const line = came
      ? [table, id, companyId ?? '', outcome, left && `left out: ${left}`]
      : [table, id, companyId ?? '', 'not brought', outcome];
    if (!this.#csv.write(line)) await new Promise((resolve) => this.#csv.once('drain', resolve));
  }

  async end(): Promise<void> {
    this.#csv.end();
    await this.#written;
  }
}
