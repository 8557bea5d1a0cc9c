import { deriveKey } from '../platform/secrets.ts';

/** The roles that log in; 0001_roles.sql makes them and says what each may do. */
export const LOGIN_ROLES = ['bulkhead_app', 'bulkhead_jobs', 'bulkhead_auditor'] as const;
export type LoginRole = (typeof LOGIN_ROLES)[number];

/** The roles' passwords come from the installation's key, so that no file holds them and every process knows them. */
export function passwordOf(role: LoginRole): string {
  return deriveKey(`postgres role ${role}`).toString('base64url');
}

/** The address by which a role reaches the database that `adminUrl` names. */
export function urlFor(role: LoginRole, adminUrl: string, password = passwordOf(role)): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = password;
  return url.href;
}
