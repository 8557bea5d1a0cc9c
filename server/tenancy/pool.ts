import { availableParallelism } from 'node:os';
import pg from 'pg';
import { types } from './columns.ts';
import { Lanes } from './lanes.ts';

export interface PoolOptions {
  connectionString: string;
  /** Most connections; each costs PostgreSQL some megabytes. */
  max?: number;
  /** Processes of this machine that serve alike, this one among them. */
  processes?: number;
  /** Milliseconds after which PostgreSQL cancels a statement. */
  statementTimeout?: number;
  /** How PostgreSQL lists the connections. */
  name?: string;
}

/** Connections of the app role. Nothing outside tenancy/ may import this: the door is the only way in. */
export interface Connections {
  /** For single statements. */
  lanes: Lanes;
  /** For transactions, each of which has a connection to itself. */
  pool: pg.Pool;
}

/** Milliseconds after PostgreSQL's own time limit. */
const GRACE = 1_000;

/** As many backends as there are cores to run them, and one whose next statements are on their way: more only wait for each other. */
const usualLanes = (processes: number) => Math.max(2, Math.ceil((availableParallelism() + 1) / processes));

export function connect({
  connectionString,
  max = 12,
  processes = 1,
  statementTimeout = 15_000,
  name = 'bulkhead',
}: PoolOptions): Connections {
  const config = {
    connectionString,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: name,
    options: `-c timezone=UTC -c datestyle=ISO -c statement_timeout=${statementTimeout} -c idle_in_transaction_session_timeout=30000`,
  };
  // PostgreSQL ends a statement that takes too long; one that says nothing even then is frozen, or cut off.
  const patience = statementTimeout + GRACE;
  const pool = new pg.Pool({ ...config, types, max, idleTimeoutMillis: 60_000, query_timeout: patience });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would one that breaks inside a transaction, between two statements: the next statement fails, which is enough.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { pool, lanes: new Lanes({ config, usual: Math.min(max, usualLanes(processes)), most: max, patience }) };
}
