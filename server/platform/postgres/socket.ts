import { createHash } from 'node:crypto';
import { accessSync, chmodSync, chownSync, constants, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from './home.ts';

// sockaddr_un holds 108 bytes on Linux and 104 on macOS, the closing zero included.
const longest = 103;
const short = '/tmp/bulkhead-socket-';

/** A private folder for the server's socket whose path is short enough, or undefined when there can be none. */
export function socketFolder({ folder, account }: Home): string | undefined {
  const brief = `${short}${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  const place = [join(folder, 'socket'), brief].find((candidate) => socketIn(candidate, 65535).length <= longest);
  if (place === undefined) return undefined;
  try {
    mkdirSync(place, { recursive: true, mode: 0o700 });
    const { uid } = lstatSync(place);
    // In /tmp anyone could have made a folder of this name, to listen there in the server's place.
    if (uid !== process.getuid?.() && uid !== account?.uid) return undefined;
    chmodSync(place, 0o700);
    if (account) chownSync(place, account.uid, account.gid);
    return place;
  } catch {
    return undefined;
  }
}

/** Takes away the folder outside the data that a long path made necessary. */
export function removeShort(folder: string | undefined): void {
  if (folder?.startsWith(short)) rmSync(folder, { recursive: true, force: true });
}

export function isUsable(folder: string, port: number): boolean {
  try {
    accessSync(socketIn(folder, port), constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The file of the server's socket. */
export const socketIn = (folder: string, port: number): string => join(folder, `.s.PGSQL.${port}`);
