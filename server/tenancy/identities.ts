import pg from 'pg';
import { isEmpty } from './history.ts';

/*
 * What the installation's own administrator may ask and do from where it runs: at its start and on the command line.
 * login_identities belongs to no company, and the app's role cannot read it.
 */

export const isNewInstallation = (adminUrl: string): Promise<boolean> => asAdministrator(adminUrl, isEmpty);

/** Password hashes by address, of those that have one. */
export function passwordHashes(adminUrl: string, emails: readonly string[]): Promise<Map<string, string>> {
  return asAdministrator(adminUrl, async (client) => {
    const { rows } = await client.query<{ email: string; password_hash: string }>(
      `select email::text, password_hash from login_identities
       where email::text = any ($1) and password_hash is not null`,
      [emails],
    );
    return new Map(rows.map(({ email, password_hash }) => [email, password_hash]));
  });
}

/** @returns false where the address is taken */
export function addSuperAdmin(adminUrl: string, email: string, passwordHash: string): Promise<boolean> {
  return asAdministrator(adminUrl, async (client) => {
    const { rowCount } = await client.query(
      `with made as (
         insert into login_identities (email, is_super_admin, password_hash) values ($1, true, $2)
         on conflict (email) do nothing
         returning id, email)
       insert into platform_audit (actor_id, actor_email, action, reason)
       select id, email, 'super_admin_created', 'on the command line' from made`,
      [email, passwordHash],
    );
    return rowCount === 1;
  });
}

async function asAdministrator<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('begin; set local role bulkhead_gate');
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}
