import pg from 'pg';
import { silenceTriggers } from './silence-triggers.ts';

/** Texts of values are exchanged between databases: each must write and read them alike. */
const FIXED = `set local timezone = 'UTC'; set local datestyle = 'ISO, MDY'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1;
  set local search_path = public, pg_catalog; set local statement_timeout = 0;
  set local idle_in_transaction_session_timeout = 0`;

/**
 * A role that row-level security hides rows from gets an error, not a part of them. Not where triggers run: a cascade runs
 * as the tables' owner, who is subject to it by design.
 */
const UNBLINDED = 'set local row_security = off';

/** Reads all companies' rows as they are at one moment, and can write nothing. */
export function reading<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return transaction(
    adminUrl,
    `begin isolation level repeatable read read only; ${FIXED}; ${UNBLINDED}; set local role bulkhead_gate`,
    work,
  );
}

/** Works on any company's rows in one transaction: all of it is done, or nothing. Triggers run as for everybody. */
export function writing<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return transaction(adminUrl, `begin; ${FIXED}; set local role bulkhead_gate`, work);
}

export interface PuttingBack {
  /** The database checks foreign keys as rows come: parents go first. */
  keysChecked: boolean;
}

/**
 * The same without triggers, for rows that are put back as they were: a trigger would log, count and date them anew. Who
 * may set session_replication_role keeps nobody waiting, and foreign keys are not checked either: whoever uses it does so
 * afterwards (`brokenReferences`). Any other role switches the triggers off as the tables' owner, and until its end all
 * others wait who want to write into them.
 */
export function puttingBack<T>(
  adminUrl: string,
  work: (client: pg.Client, how: PuttingBack) => Promise<T>,
): Promise<T> {
  return transaction(adminUrl, `begin; ${FIXED}; ${UNBLINDED}`, async (client) => {
    const replica = await asReplica(client);
    const wake = replica ? undefined : await silenceTriggers(client);
    await client.query('set local role bulkhead_gate');
    const result = await work(client, { keysChecked: !replica });
    await wake?.();
    return result;
  });
}

async function asReplica(client: pg.ClientBase): Promise<boolean> {
  await client.query('savepoint replica');
  try {
    await client.query('set local session_replication_role = replica');
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    await client.query('rollback to savepoint replica');
    return false;
  }
}

async function transaction<T>(adminUrl: string, begin: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'bulkhead operator' });
  // Without a listener a lost connection ends the process; with one, the next query tells of it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    // Before its commit nothing lasts.
    await client.end();
  }
}

/** Writes down what was done with a company, where the platform's staff reads it. The log outlives the company. */
export async function logOperation(
  client: pg.ClientBase,
  action: string,
  companyId: string,
  details: Record<string, unknown>,
): Promise<void> {
  await client.query(
    `insert into platform_audit (actor_id, actor_email, action, about_company_id, reason, details)
     values ('00000000-0000-0000-0000-000000000000', 'command line', $1, $2, 'on the command line', $3)`,
    [action, companyId, details],
  );
}
