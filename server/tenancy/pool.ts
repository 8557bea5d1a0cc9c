import pg from 'pg';
import { prepareContext } from './tenant-query.ts';

const { builtins } = pg.types;

/** timestamptz as ISO 8601 text, in the very form that PostgreSQL's own to_json writes. The session's zone is UTC. */
function isoTimestamp(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, text.length - 3)}+00:00`;
}

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, (text) => (text.endsWith('+00') ? isoTimestamp(text) : text)],
  [builtins.DATE, (text) => text],
  [builtins.INT8, Number],
]);

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const own = format === 'binary' ? undefined : parsers.get(oid);
    return own ?? pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

export interface PoolOptions {
  connectionString: string;
  /** Most connections; each costs PostgreSQL some megabytes. */
  max?: number;
  /** Milliseconds after which PostgreSQL cancels a statement. */
  statementTimeout?: number;
}

/** The pool of the app role. Nothing outside tenancy/ may import this: the door is the only way in. */
export function createPool({ connectionString, max = 12, statementTimeout = 15_000 }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    types,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: 'bulkhead',
    options: `-c timezone=UTC -c datestyle=ISO -c statement_timeout=${statementTimeout} -c idle_in_transaction_session_timeout=30000`,
    onConnect: (client) => prepareContext(client as pg.Client),
  } as pg.PoolConfig);
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}
