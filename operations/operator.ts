import pg from 'pg';

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

/**
 * The same without triggers and foreign keys' checks, for rows that are put back as they were: a trigger would log, count
 * and date them anew. Whoever uses it checks the foreign keys afterwards (`brokenReferences`).
 * @throws where the administrator may not do that
 */
export function puttingBack<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const begin = `begin; ${FIXED}; ${UNBLINDED}; set local session_replication_role = replica; set local role bulkhead_gate`;
  return transaction(adminUrl, begin, work).catch((error: Error & { code?: string }) => {
    if (error.code === '42501' && /session_replication_role/.test(error.message)) {
      throw new Error(
        'Rows can only be put back as they were by a role that may set session_replication_role. Let a superuser run: ' +
          'grant set on parameter session_replication_role to <the role of DATABASE_URL>',
      );
    }
    throw error;
  });
}

async function transaction<T>(adminUrl: string, begin: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'bulkhead operator' });
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
