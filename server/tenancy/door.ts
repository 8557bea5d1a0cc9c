import type { CompiledQuery } from 'kysely';
import type pg from 'pg';
import { type Context, NO_COMPANY, type Settings, settingsOf } from './context.ts';
import type { Lanes } from './lanes.ts';
import type { Connections } from './pool.ts';
import { COMPANY } from './predicate-plugin.ts';
import type { Compilable } from './query.ts';
import type { JsonRows } from './wire/json-rows.ts';
import { type Answer, statementName } from './wire/statement.ts';

export type AnyQuery<Row> = Compilable<Row> | CompiledQuery<Row>;

/** Runs statements for one company. What it cannot do: reach another company, or leave one set on a connection. */
export interface CompanyStatements {
  readonly context: Context;
  /** All rows. */
  many<Row>(query: AnyQuery<Row>): Promise<Row[]>;
  /** The first row, or undefined. */
  first<Row>(query: AnyQuery<Row>): Promise<Row | undefined>;
  /** The number of rows written. */
  run(query: AnyQuery<unknown>): Promise<number>;
  /** Calls a listed SECURITY DEFINER function: its rows. `name` is without the schema. */
  gate<Row>(name: string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface Company extends CompanyStatements {
  /** All rows as JSON behind a beginning, ready to be sent: for what a client gets as the database has it. */
  json(query: AnyQuery<unknown>, before?: Buffer): Promise<JsonRows>;
  /** Several statements that stand or fall together. A single statement is a transaction already. */
  transaction<T>(work: (company: CompanyStatements) => Promise<T>): Promise<T>;
}

export interface Door {
  /** The one way to a company's data. */
  asCompany(context: Context): Company;
  /** Before a company is known (log in, accept an invitation) or for a super admin: listed functions, no tables. */
  gate<Row>(
    name: string,
    values?: readonly unknown[],
    context?: Partial<Pick<Context, 'userId' | 'request'>>,
  ): Promise<Row[]>;
  /** A trivial round trip, for readiness. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

type Send = (text: string, values: unknown[]) => Promise<{ rows: unknown[]; rowCount: number | null }>;

export function createDoor(connections: Connections): Door {
  const { lanes, pool } = connections;
  return {
    asCompany: (context) => company(connections, context),
    gate: async <Row>(name: string, values: readonly unknown[] = [], context: Partial<Context> = {}) => {
      const settings: Settings = [
        '',
        context.userId ?? '',
        '',
        context.request === undefined ? '' : JSON.stringify(context.request),
      ];
      return (await once(lanes, settings, callOf(name, values), [...values])).rows as Row[];
    },
    ping: async () => {
      await once(lanes, NO_COMPANY, 'select 1', []);
    },
    close: async () => {
      await lanes.close();
      await pool.end();
    },
  };
}

const NOTHING_BEFORE = Buffer.alloc(0);

function company({ lanes, pool }: Connections, context: Context): Company {
  const settings = settingsOf(context);
  const alone: Send =
    context.keyId === undefined
      ? (text, values) => once(lanes, settings, text, values)
      : (text, values) => transaction(pool, context, settings, (send) => send(text, values));
  return {
    ...statements(context, alone),
    json: async (query, before = NOTHING_BEFORE) => {
      const { sql, values } = compiled(query, context);
      return (await once(lanes, settings, sql, values, before)).json as JsonRows;
    },
    transaction: (work) => transaction(pool, context, settings, (send) => work(statements(context, send))),
  };
}

function compiled(query: AnyQuery<unknown>, { companyId }: Context): { sql: string; values: unknown[] } {
  const { sql, parameters } = 'compile' in query ? query.compile() : query;
  return { sql, values: parameters.map((value) => (value === COMPANY ? companyId : value)) };
}

function statements(context: Context, send: Send): CompanyStatements {
  const execute = (query: AnyQuery<unknown>): ReturnType<Send> => {
    const { sql, values } = compiled(query, context);
    return send(sql, values);
  };
  return {
    context,
    many: async <Row>(query: AnyQuery<Row>) => (await execute(query)).rows as Row[],
    first: async <Row>(query: AnyQuery<Row>) => (await execute(query)).rows[0] as Row | undefined,
    run: async (query) => (await execute(query)).rowCount ?? 0,
    gate: async <Row>(name: string, values: readonly unknown[] = []) =>
      (await send(callOf(name, values), [...values])).rows as Row[],
  };
}

/** One statement, one round trip, one implicit transaction. */
function once(lanes: Lanes, settings: Settings, text: string, values: unknown[], json?: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    lanes.send({
      text,
      values,
      settings,
      json,
      done: (error, answer) => {
        if (error === null) resolve(answer);
        else reject(error);
      },
    });
  });
}

/** pg's words for a connection that says nothing, on which a rollback would wait as long again. */
const UNANSWERED = 'Query read timeout';

async function transaction<T>(
  pool: pg.Pool,
  { keyId }: Context,
  settings: Settings,
  work: (send: Send) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let open = true;
  const send: Send = (text, values) => {
    if (!open) return Promise.reject(new Error('a statement came after the end of its transaction'));
    const name = statementName(text);
    return client.query(name === '' ? { text, values } : { text, values, name });
  };
  const [companyId, userId, owners, request] = settings.map((value) => client.escapeLiteral(value));
  try {
    await client.query(`begin; select set_config('app.company_id', ${companyId}, true),
      set_config('app.user_id', ${userId}, true), set_config('app.owners', ${owners}, true),
      set_config('app.request', ${request}, true)`);
    const result = await work(send);
    if (keyId !== undefined) await send(callOf('settle_idempotency_key', [keyId]), [keyId]);
    open = false;
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    open = false;
    if (error instanceof Error && error.message === UNANSWERED) {
      client.release(error);
      throw error;
    }
    // A connection that cannot roll back is thrown away: it must never carry a company to the next request.
    await client.query('rollback').then(
      () => client.release(),
      (reason: Error) => client.release(reason),
    );
    throw error;
  }
}

function callOf(name: string, values: readonly unknown[]): string {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new TypeError(`not the name of a gate function: ${name}`);
  return `select * from gate.${name}(${values.map((_, i) => `$${i + 1}`).join(', ')})`;
}
