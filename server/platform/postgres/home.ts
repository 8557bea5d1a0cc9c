import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../data-folder.ts';
import { type Account, accountFor, canReach } from './account.ts';

export interface Home {
  /**
   * Everything of one server: cluster, password, port, log, lock. Not the account's: were it, whoever took over the
   * database could place links there and make root write through them.
   */
  folder: string;
  account: Account;
}

/**
 * Where the data live: in the wanted folder, or, when the server's user cannot get there (a project in root's own
 * folder), in a place derived from the wanted path, so that every start finds it again.
 */
export function findHome(wanted: string, say: (line: string) => void): Home {
  const account = accountFor(clusterOf(wanted));
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  const places = account
    ? [wanted, join('/var/lib/bulkhead', name), join(tmpdir(), `bulkhead-${process.getuid?.()}-${name}`)]
    : [wanted];
  // Data made before come first, even when the wanted folder has become reachable since: nobody's data may seem to vanish.
  const used = places.filter((place) => existsSync(join(clusterOf(place), 'PG_VERSION')));
  const refusals: string[] = [];
  for (const place of new Set([...used, ...places])) {
    const owner = accountFor(clusterOf(place));
    const refusal = prepare(place, owner, place === wanted);
    if (refusal === undefined) {
      if (place !== wanted) say(`The database's user cannot reach ${wanted}, so its data are in ${place}`);
      return { folder: realpathSync(place), account: owner };
    }
    refusals.push(refusal);
  }
  throw new Error(
    `There is no usable folder for the database. ${refusals.join(' ')} Set BULKHEAD_DATA to a folder of your own.`,
  );
}

export const clusterOf = (folder: string): string => join(folder, 'cluster');

/** Undefined when the folder is ready, else what is wrong with it. */
function prepare(folder: string, account: Account, wanted: boolean): string | undefined {
  try {
    makeFolder(folder);
    const { uid } = lstatSync(folder);
    const mine = uid === process.getuid?.();
    if (!mine && !(wanted && uid === account?.uid)) return `${folder} belongs to another user (number ${uid}).`;
    chmodSync(folder, account && mine ? 0o711 : 0o700);
    if (account && !canReach(account, folder)) return `The database's user cannot reach ${folder}.`;
    return undefined;
  } catch (error) {
    return `${folder}: ${(error as Error).message}.`;
  }
}
