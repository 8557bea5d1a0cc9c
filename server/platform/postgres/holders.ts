import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { birthOf } from './process.ts';

/*
 * Who uses the server: one file per use, named `<pid>.<number>`, holding the birth of the process. The server is
 * stopped by whoever leaves last; those that were killed have left.
 */

let uses = 0;

/** Registers this process as a user of the server; the answer leaves again. */
export function hold(home: string): () => void {
  const folder = join(home, 'holders');
  mkdirSync(folder, { recursive: true });
  uses += 1;
  const file = join(folder, `${process.pid}.${uses}`);
  writeFileSync(file, birthOf(process.pid) ?? '');
  return () => rmSync(file, { force: true });
}

/** Whether a living process uses the server. Forgets the dead. */
export function isHeld(home: string): boolean {
  const folder = join(home, 'holders');
  if (!existsSync(folder)) return false;
  let held = false;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (birthOf(Number.parseInt(name, 10)) === readFileSync(file, 'utf8')) held = true;
    else rmSync(file, { force: true });
  }
  return held;
}
