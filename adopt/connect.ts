import pg from 'pg';
import { refuseOthersLedger, refuseStrangers } from './trust.ts';

/** No queue of requests forms behind a statement of ours for longer than this. */
const LOCK_TIMEOUT = '500ms';

/**
 * A connection of the migrator: past row-level security, or refused, for one that is subject to it sees no wrong rows and
 * believes that there are none. Settings that change how values are written are fixed, since checksums are of their texts.
 * @param trust roles whose code may run as this one; `reads` nothing but the catalog, which runs none
 * @throws when the role is subject to row-level security, or would run the code of somebody who is not trusted
 */
export async function connectMigrator(
  url: string,
  { trust = [], reads = false }: { trust?: readonly string[]; reads?: boolean } = {},
): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'bulkhead adopt', keepAlive: true });
  // The error comes again from the query that it broke.
  client.on('error', () => undefined);
  await client.connect();
  // Nothing is found that somebody else made, not even an operator that fits better than PostgreSQL's own; pg_temp would come
  // first if it were not named. What is not in pg_catalog is named with its schema, as citext's operators are.
  await client.query(`select pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false)`);
  const { rows } = await client.query<{
    sees: boolean;
    role: string;
    triggers: boolean;
    version: number;
  }>(`
    select rolsuper or rolbypassrls as sees, rolname as role, current_setting('server_version_num')::int as version
    from pg_catalog.pg_roles where rolname = current_user`);
  const { sees, role, version } = rows[0]!;
  if (!sees || version < 130_000) {
    await client.end();
    if (version < 130_000) throw new Error('PostgreSQL 13 or newer is needed.');
    throw new Error(
      `${role} is subject to row-level security and would take rows that it cannot see for none: connect as a superuser, or "alter role ${role} bypassrls".`,
    );
  }
  await client.query(`
    set row_security = off; set lock_timeout = '${LOCK_TIMEOUT}'; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0;
    set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set extra_float_digits = 1; set bytea_output = 'hex';
    set client_min_messages = warning`);
  try {
    await refuseOthersLedger(client);
    if (!reads) await refuseStrangers(client, trust);
  } catch (error) {
    await client.end();
    throw error;
  }
  return client;
}
