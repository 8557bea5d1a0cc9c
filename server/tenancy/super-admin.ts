import pg from 'pg';
import { hashPassword } from '../platform/password.ts';

export interface SuperAdmin {
  email: string;
  password: string;
  firstName?: string;
  lastName?: string;
}

/**
 * Makes a super admin, or gives an existing one this password. Only the database's administrator can: the app's own
 * role has no function for it, so that no fault of the app ever makes one.
 * @returns the login's id, and whether it is new
 * @throws where the address logs in to a company
 */
export async function createSuperAdmin(
  adminUrl: string,
  { email, password, firstName = '', lastName = '' }: SuperAdmin,
): Promise<{ id: string; created: boolean }> {
  const hash = await hashPassword(password);
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('begin; set local role bulkhead_gate');
    const { rows } = await client.query<{ id: string; created: boolean }>(
      `insert into login_identities (email, is_super_admin, first_name, last_name, password_hash)
       values ($1, true, $2, $3, $4)
       on conflict (email) do update set password_hash = excluded.password_hash, password_changed_at = now(),
         first_name = coalesce(nullif(excluded.first_name, ''), login_identities.first_name),
         last_name = coalesce(nullif(excluded.last_name, ''), login_identities.last_name)
       where login_identities.is_super_admin
       returning id, xmax = 0 as created`,
      [email, firstName, lastName, hash],
    );
    const [made] = rows;
    if (made === undefined)
      throw new Error(`${email} logs in to a company: a super admin needs an address of their own.`);
    // Who knew the old password is no longer wanted.
    await client.query(
      'update platform_sessions set revoked_at = now() where identity_id = $1 and revoked_at is null',
      [made.id],
    );
    await client.query(
      `insert into platform_audit (actor_id, actor_email, action, reason)
       values ($1, $2, $3, 'by the administrator of the database')`,
      [made.id, email, made.created ? 'super_admin_created' : 'super_admin_renewed'],
    );
    await client.query('commit');
    return made;
  } finally {
    await client.end();
  }
}
