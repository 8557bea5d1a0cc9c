import { createRequire } from 'node:module';
import pg from 'pg';
import { type Columns, columnsOf } from './columns.ts';
import type { Settings } from './context.ts';

export const SET_CONTEXT = `select set_config('app.company_id', $1, true), set_config('app.user_id', $2, true),
  set_config('app.owners', $3, true), set_config('app.request', $4, true)`;
const CONTEXT = 'set_context';

/** Prepares the context statement on a new connection, so that each request only binds and executes it. */
export async function prepareContext(client: pg.Client): Promise<void> {
  await client.query({ name: CONTEXT, text: SET_CONTEXT, values: ['', '', '', ''] });
}

// What pg leaves out of its types; checked against pg 8.23, which package.json pins.
interface WireConnection {
  stream: { cork(): void; uncork(): void };
  parsedStatements: Record<string, string | undefined>;
  submittedNamedStatements: Record<string, string | undefined>;
  parse(message: { name: string; text: string; types: undefined }): void;
  bind(message: { statement: string; portal: string; values: readonly unknown[]; valueMapper?: unknown }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: { portal: string }): void;
  sync(): void;
  sendCopyFail(reason: string): void;
}

// pg's pipeline takes only what inherits from its Query, whose constructor would cost a request more than its bind.
const Pipelined = function Pipelined() {} as unknown as new () => object;
Pipelined.prototype = pg.Query.prototype;

/** How pg writes a value as text: dates, buffers, arrays and objects. */
const toWire = createRequire(import.meta.url)('pg/lib/utils').prepareValue as unknown;

// A statement that a connection has run before need not be described to it again.
const described = new WeakMap<WireConnection, Map<string, Columns>>();

export interface Rows {
  rows: object[];
  rowCount: number;
}
const NOTHING: Rows = { rows: [], rowCount: 0 };

/**
 * A statement that carries its company: set_config and the statement travel under one Sync, which PostgreSQL runs as
 * one implicit transaction. One round trip; nothing of the setting survives it; an error rolls both back. Several may
 * travel on one connection behind one another, each under a Sync of its own.
 */
export class TenantQuery extends Pipelined {
  readonly name: string;
  /** Told once, when the answer or an error has come. */
  onAnswer: (() => void) | undefined;
  readonly #rows: object[] = [];
  #rowCount = 0;
  #contextPending = true;
  #columns: Columns | undefined;
  #failure: Error | undefined;
  #connection: WireConnection | undefined;

  constructor(
    readonly text: string,
    readonly values: readonly unknown[],
    readonly settings: Settings,
    readonly callback: (error: Error | null, result: Rows) => void,
  ) {
    super();
    this.name = statementName(text);
  }

  submit(connection: WireConnection): null {
    this.#connection = connection;
    const { name, text } = this;
    connection.stream.cork();
    connection.bind({ statement: CONTEXT, portal: '', values: this.settings });
    connection.execute({ portal: '' });
    const known =
      name !== '' && (connection.parsedStatements[name] ?? connection.submittedNamedStatements[name]) !== undefined;
    if (!known) {
      connection.parse({ name, text, types: undefined });
      if (name !== '') connection.submittedNamedStatements[name] = text;
    }
    this.#columns = known ? described.get(connection)?.get(name) : undefined;
    try {
      connection.bind({ statement: name, portal: '', values: this.values, valueMapper: toWire });
      if (this.#columns === undefined) connection.describe({ type: 'P', name: '' });
      connection.execute({ portal: '' });
    } catch (error) {
      // A value that cannot be written: nothing of the statement was sent, and the Sync ends the context alone.
      this.#failure = error as Error;
    }
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  handleRowDescription({ fields }: { fields: pg.FieldDef[] }): void {
    this.#columns = columnsOf(fields);
    const connection = this.#connection;
    if (this.name === '' || connection === undefined) return;
    let known = described.get(connection);
    if (known === undefined) {
      known = new Map();
      described.set(connection, known);
    }
    known.set(this.name, this.#columns);
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (this.#contextPending || this.#columns === undefined) return;
    this.#rows.push(this.#columns.row(fields));
  }

  handleCommandComplete({ text }: { text: string }): void {
    if (this.#contextPending) this.#contextPending = false;
    else this.#rowCount = Number(/\d+$/.exec(text)?.[0] ?? 0);
  }

  handleReadyForQuery(): void {
    this.onAnswer?.();
    if (this.#failure !== undefined) this.callback(this.#failure, NOTHING);
    else this.callback(null, { rows: this.#rows, rowCount: this.#rowCount });
  }

  handleError(error: Error): void {
    this.onAnswer?.();
    this.callback(error, NOTHING);
  }

  handleEmptyQuery(): void {}

  handlePortalSuspended(): void {}

  handleCopyInResponse(connection: WireConnection): void {
    connection.sendCopyFail('COPY does not go through the door');
  }

  handleCopyData(): void {}
}

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
