import { once } from 'node:events';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
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

  private constructor(file: FileHandle | undefined) {
    this.#written = file === undefined ? Promise.resolve() : pipeline(this.#csv, file.createWriteStream());
    // It is told by whatever is written next, and by the end.
    this.#written.catch(() => undefined);
    if (file === undefined) this.#csv.resume();
    this.#csv.write(['table', 'id', 'company_id', 'outcome', 'reason']);
  }

  /**
   * The report is opened before anything is done that it tells of, and ended however that ends.
   * @param path left out, only the sums are kept
   * @throws when the file cannot be written: nothing was done then
   */
  static async during(path: string | undefined, work: (report: Report) => Promise<void>): Promise<Report> {
    const report = new Report(path === undefined ? undefined : await openReport(path));
    try {
      await work(report);
    } catch (error) {
      // That is what is to be told, whatever the file's end says.
      await report.end().catch(() => undefined);
      throw error;
    }
    await report.end();
    return report;
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
    if (this.#csv.destroyed) await this.#written;
    if (!this.#csv.write(line)) await Promise.race([once(this.#csv, 'drain'), this.#written]);
  }

  private async end(): Promise<void> {
    this.#csv.end();
    await this.#written;
  }
}

/** @throws with the file's name, when it cannot be written */
export const openReport = (path: string): Promise<FileHandle> =>
  open(path, 'w', 0o600).catch((error: Error) => {
    throw new Error(`The report cannot be written, and nothing was begun: ${error.message}`, { cause: error });
  });
