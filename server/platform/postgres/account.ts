import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** The user a program runs as; undefined is whoever runs this process. */
export type Account = { uid: number; gid: number } | undefined;

/** PostgreSQL refuses to run as root, so root's server runs as the owner of its data, as `postgres`, or as `nobody`. */
export function accountFor(cluster: string): Account {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (account) return account;
  throw new Error(
    'PostgreSQL refuses to run as root, and this machine has neither a user "postgres" nor a user "nobody" to run it as. ' +
      'Start Bulkhead as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

/** Asked of the system itself, because permissions may come from groups, access lists or a sandbox. */
export function canReach(account: Account, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

function lookUp(name: string): Account {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}
