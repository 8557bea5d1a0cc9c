import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { projectRoot } from './project-root.ts';

/** The folder of everything this installation keeps: `BULKHEAD_DATA`, or `.data` in the project. Made when missing. */
export function dataFolder(): string {
  const folder = resolve(process.env.BULKHEAD_DATA || join(projectRoot, '.data'));
  makeFolder(folder);
  return folder;
}

/**
 * Root's database server runs as an unprivileged user, who has to pass through the folders that root makes, whatever
 * root's umask; anyone else keeps them private.
 */
export function makeFolder(folder: string): void {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  const first = mkdirSync(folder, { recursive: true, mode });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) chmodSync(made, mode);
}
