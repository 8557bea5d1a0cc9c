import type pg from 'pg';
import { hashPassword } from '../../../server/platform/password.ts';

interface Entered {
  userId: string;
  sessionId: string;
}

const hashes = new Map<string, Promise<string>>();
/** To hash it is work that is made to be slow. */
function hashOnce(password: string): Promise<string> {
  const known = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, known);
  return known;
}

/** An admin of a company, logged in for a day; without a password there is no other way in. */
export async function enterPerson(
  client: pg.Client,
  {
    companyId,
    email,
    status = 'active',
    password,
  }: { companyId: string; email: string; status?: string; password?: string },
): Promise<Entered> {
  const person = await client.query(
    `insert into users (company_id, email, user_role, first_name, last_name, status)
      values ($1, $2, 'company_admin', 'Canary', 'Probe', $3) returning id`,
    [companyId, email, status],
  );
  const userId: string = person.rows[0].id;
  await client.query(
    'insert into login_identities (email, company_id, user_id, password_hash) values ($1, $2, $3, $4)',
    [email, companyId, userId, password === undefined ? null : await hashOnce(password)],
  );
  const session = await client.query(
    `insert into sessions (company_id, user_id, expires_at) values ($1, $2, now() + interval '1 day') returning id`,
    [companyId, userId],
  );
  return { userId, sessionId: session.rows[0].id };
}

/** A super admin without a password, logged in for a day. Gives the session. */
export async function enterStaff(client: pg.Client, email: string): Promise<string> {
  const identity = await client.query(
    'insert into login_identities (email, is_super_admin) values ($1, true) returning id',
    [email],
  );
  const session = await client.query(
    `insert into platform_sessions (identity_id, expires_at) values ($1, now() + interval '1 day') returning id`,
    [identity.rows[0].id],
  );
  return session.rows[0].id;
}
