import pg from 'pg';

/** A login that would let a database run programs on its server was refused; the message says what to use instead. */
export class Untrusted extends Error {}

/**
 * Connects to a database whose functions are not known. Whoever looks at it runs some of them: policies call functions,
 * the planner computes what an index's condition calls, and either may `reset role` to whoever logged in.
 * @throws Untrusted where that is a superuser, or may become one or run programs and touch files of the server
 */
export async function openForeign(url: string, { trusted = false } = {}): Promise<pg.Client> {
  const client = await connect(url, '-c event_triggers=off').catch((error: Error & { code?: string }) => {
    if (!NOT_SETTABLE.has(error.code ?? '')) throw error;
    return connect(url);
  });
  try {
    const able = trusted ? [] : await unsafeRoles(client);
    if (able.length > 0) throw new Untrusted(refusal(able));
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

/**
 * From 17 on a database can run a function at each login. A superuser may switch that off before it happens; whoever may
 * not is none. Denied, unknown before 17, and not passed on by a pool.
 */
const NOT_SETTABLE = new Set(['42501', '42704', '08P01']);

/** Connects, and outlives a connection that is lost. */
export async function connect(url: string, options?: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'bulkhead audit',
    ...(options === undefined ? {} : { options }),
  });
  // What it was asked meanwhile fails and says why; where nothing was, nothing is lost.
  client.on('error', () => undefined);
  await client.connect().catch(async (error) => {
    await client.end().catch(() => undefined);
    throw error;
  });
  return client;
}

const FILES_AND_PROGRAMS = ['pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'];

/** Roles that lead out of the database, among those that whoever logged in is or can become. */
async function unsafeRoles(client: pg.Client): Promise<string[]> {
  // The database may set a search_path under which even = is a function of its own.
  await client.query('begin read only; set local search_path = pg_catalog');
  const { rows } = await client.query<{ what: string }>(
    `select case when r.rolname = session_user then format('%s is a superuser', r.rolname)
        else format('%s is a member of %s', session_user, r.rolname) end as what
    from pg_roles r, pg_roles self
    where self.rolname = session_user
      and case when self.rolsuper then r.oid = self.oid
        else (r.rolsuper or r.rolname = any ($1)) and pg_has_role(self.oid, r.oid, 'member') end
    order by 1`,
    [FILES_AND_PROGRAMS],
  );
  await client.query('rollback');
  return rows.map(({ what }) => what);
}

/** A login that sees every row, can act as the roles that serve requests, and leads nowhere else. */
export const AUDIT_LOGIN = `  create role bulkhead_audit login bypassrls nosuperuser password '...';
  grant pg_read_all_data to bulkhead_audit;  -- before PostgreSQL 14: usage on the schemas, select on the tables
  grant <each role that serves requests> to bulkhead_audit;`;

const refusal = (able: string[]) =>
  `${able.join(', and ')}. Looking at a database runs functions that are kept in it, by policies and by indexes, and as such a login they
could run programs on the server: a transaction that only reads does not stop that. Nothing was looked at.
Make a login for it, and name that in --database-url:
${AUDIT_LOGIN}
Never grant it ${FILES_AND_PROGRAMS.join(', ')} or a superuser's role, and let it own nothing.
Its functions could still read every row as that login: see docs/isolation.md.
If whoever may create functions in this database may also run programs on its server: --trust-database.`;
