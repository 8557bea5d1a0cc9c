import { randomUUID } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { birthOf } from './process.ts';

const patience = 120_000;
const hour = 3_600_000;

/** Runs `work` while no other process, and no other call in this one, does so for the same folder. */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const file = join(folder, 'lock');
  const release = await acquire(folder, file);
  try {
    return await work();
  } finally {
    release();
  }
}

async function acquire(folder: string, file: string): Promise<() => void> {
  const id = randomUUID();
  const draft = join(folder, `lock.${id}`);
  writeFileSync(draft, JSON.stringify({ pid: process.pid, birth: birthOf(process.pid), id } satisfies Holder));
  const giveUpAt = Date.now() + patience;
  try {
    while (!link(draft, file)) {
      const holder = read(file);
      if (holder && birthOf(holder.pid) !== holder.birth) breakLock(folder, file, holder);
      else await sleep(20);
      if (Date.now() > giveUpAt) {
        throw new Error(
          `Process ${holder?.pid ?? '?'} has been starting or stopping the database in ${folder} for two minutes. ` +
            `If it hangs, end it; if there is no such process, delete ${file}.`,
        );
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => rmSync(file, { force: true });
}

/**
 * Removes the lock of a process that died. Only one of several that see it may do so, or the second would remove the
 * lock that the first has taken since: whoever makes the dead holder's tombstone is the one.
 */
function breakLock(folder: string, file: string, dead: Holder): void {
  sweepTombstones(folder);
  if (link(file, join(folder, `lock.broken.${dead.id}`))) rmSync(file, { force: true });
}

function sweepTombstones(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('lock.')) continue;
    const tombstone = join(folder, name);
    const made = statSync(tombstone, { throwIfNoEntry: false })?.ctimeMs;
    if (made !== undefined && Date.now() - made > hour) rmSync(tombstone, { force: true });
  }
}

interface Holder {
  pid: number;
  birth: string | undefined;
  id: string;
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** False when `to` exists already, or when `from` has gone. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  }
}
