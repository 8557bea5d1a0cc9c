import pg from 'pg';
import type { Settings } from './context.ts';

export const SET_CONTEXT = `select set_config('app.company_id', $1, true), set_config('app.user_id', $2, true),
  set_config('app.owners', $3, true), set_config('app.request', $4, true)`;
const STATEMENT = 'set_context';

/** Prepares the context statement on a new connection, so that each request only binds and executes it. */
export async function prepareContext(client: pg.Client): Promise<void> {
  await client.query({ name: STATEMENT, text: SET_CONTEXT, values: ['', '', '', ''] });
}

// What pg leaves out of its types; checked against pg 8.23, which package.json pins.
interface WireConnection {
  bind(message: { statement: string; portal: string; values: readonly string[] }): void;
  execute(message: { portal: string }): void;
}
interface QueryInternals {
  prepare(connection: WireConnection): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: WireConnection): void;
}
const Query = pg.Query as unknown as new (
  config: pg.QueryConfig,
  values: unknown[] | undefined,
  callback: (error: Error | null, result: pg.QueryResult) => void,
) => QueryInternals & pg.Submittable;

/**
 * A statement that carries its company: set_config and the statement travel under one Sync, which PostgreSQL runs as
 * one implicit transaction. One round trip; nothing of the setting survives it; an error rolls both back.
 */
export class TenantQuery extends Query {
  #contextPending = true;
  readonly #settings: Settings;

  constructor(
    config: pg.QueryConfig,
    settings: Settings,
    callback: (error: Error | null, result: pg.QueryResult) => void,
  ) {
    super(config, undefined, callback);
    this.#settings = settings;
  }

  // An unnamed statement without values would go by the simple protocol, outside the implicit transaction.
  requiresPreparation(): boolean {
    return true;
  }

  override prepare(connection: WireConnection): void {
    connection.bind({ statement: STATEMENT, portal: '', values: this.#settings });
    connection.execute({ portal: '' });
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (!this.#contextPending) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: WireConnection): void {
    if (this.#contextPending) this.#contextPending = false;
    else super.handleCommandComplete(message, connection);
  }
}

const names = new Map<string, string>();
const MOST_NAMES = 2000;

/** A statement name per SQL text. Past a bound texts go unnamed: filters of users must not fill the server's memory. */
export function statementName(text: string): string | undefined {
  let name = names.get(text);
  if (name === undefined && names.size < MOST_NAMES) {
    name = `q${names.size}`;
    names.set(text, name);
  }
  return name;
}
