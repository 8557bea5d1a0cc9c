import { randomBytes } from 'node:crypto';
import type { Answer, World } from '../../../../test/harness.ts';

export const PASSWORD = 'correct horse battery';

export const anAddress = (name = 'ada') => `${name}.${randomBytes(6).toString('hex')}@example.com`;

/** A company registered through the API, whose admin can log in with `PASSWORD`. */
export async function register(
  world: World,
  fields: Record<string, unknown> = {},
): Promise<Answer & { email: string }> {
  const email = anAddress();
  const answer = await world.anonymous.post('/api/register/company', {
    company_name: 'Nadan',
    admin_email: email,
    admin_password: PASSWORD,
    admin_first_name: 'Ada',
    admin_last_name: 'Lovelace',
    ...fields,
  });
  return { ...answer, email };
}

export const logIn = (world: World, email: string, password = PASSWORD, more: Record<string, unknown> = {}) =>
  world.anonymous.post('/api/auth/login', { email, password, ...more });

export const refresh = (world: World, token: string) =>
  world.anonymous.post('/api/auth/refresh', { refresh_token: token });

/** The refresh cookie that an answer sets. */
export function setCookie({ headers }: Answer): string {
  return ([] as string[]).concat(headers['set-cookie'] ?? []).join('\n');
}

/** Types of the security log's entries about an address, oldest first. */
export async function securityLog(world: World, email: string): Promise<string[]> {
  const { rows } = await world.admin.query('select event_type from security_logs where user_email = $1 order by id', [
    email,
  ]);
  return rows.map((row) => row.event_type);
}

/** Makes an address locked, or its attempts old, as the clock would. */
export const later = (world: World, email: string, interval: string) =>
  world.admin.query(
    `update login_attempts set last_at = last_at - $2::interval, locked_until = locked_until - $2::interval
     where key = sha256(convert_to(lower($1), 'UTF8'))`,
    [email, interval],
  );
