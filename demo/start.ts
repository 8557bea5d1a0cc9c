import { hashPassword, verifyPassword } from '../server/platform/password.ts';
import { isNewInstallation, passwordHashes } from '../server/tenancy/identities.ts';
import { loadDemo } from './load.ts';
import { keepLogins, keptLogins, type Login, newLogins } from './logins.ts';

/** Loads the demo into an installation that has no company and no login yet: whether it did. */
export async function loadDemoOnce(adminUrl: string): Promise<boolean> {
  return (await isNewInstallation(adminUrl)) && load(adminUrl, false);
}

/** Removes the demo's companies with all that was changed in them, and loads them anew with new passwords. */
export async function reloadDemo(adminUrl: string): Promise<void> {
  await load(adminUrl, true);
}

async function load(adminUrl: string, replace: boolean): Promise<boolean> {
  const logins = newLogins();
  const hashes = await Promise.all(
    logins.map(async ({ email, password }) => [email, await hashPassword(password)] as const),
  );
  return loadDemo({
    adminUrl,
    today: new Date().toISOString().slice(0, 10),
    replace,
    hashes: new Map(hashes),
    beforeCommit: () => keepLogins(logins),
  });
}

/** The demo's logins whose passwords are still those that it made. */
export async function demoLogins(adminUrl: string): Promise<Login[]> {
  const kept = keptLogins();
  if (kept.length === 0) return [];
  const hashes = await passwordHashes(
    adminUrl,
    kept.map(({ email }) => email),
  );
  const isRight = await Promise.all(kept.map(({ email, password }) => verifyPassword(hashes.get(email), password)));
  return kept.filter((_, i) => isRight[i]);
}
