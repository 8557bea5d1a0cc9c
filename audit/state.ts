import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Position, State } from './limits.ts';

const format = 'bulkhead-audit-state/1';
const writeEvery = 1_000;

/**
 * Positions kept in a small file, for an audit of many rows that may be broken off; `done` removes it.
 * @param url of the database: a file that tells of another one is refused
 */
export function openState(file: string, url: string): State & { done(): void } {
  const { host, pathname } = new URL(url);
  const of = createHash('sha256').update(`${host}${pathname}`).digest('hex').slice(0, 16);
  const positions = new Map<string, Position>();
  if (existsSync(file)) {
    const kept = parse(file);
    if (kept.of !== of)
      throw new Error(`${file} tells of another database. Name another file with --resume, or remove it.`);
    for (const [check, position] of Object.entries(kept.positions)) positions.set(check, position);
  }
  let written = 0;
  return {
    get: (check) => positions.get(check),
    set(check, position) {
      positions.set(check, position);
      // Of small tables there are many, and each is soon looked at again.
      if (position.after === null && Date.now() - written < writeEvery) return;
      // Never half a file: it is read after a kill.
      writeFileSync(`${file}.new`, JSON.stringify({ format, of, positions: Object.fromEntries(positions) }));
      renameSync(`${file}.new`, file);
      written = Date.now();
    },
    done: () => rmSync(file, { force: true }),
  };
}

function parse(file: string): { of: string; positions: Record<string, Position> } {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    if (kept.format === format) return kept;
  } catch {
    // Said below, like any other file that is not ours.
  }
  throw new Error(`${file} does not hold the positions of an audit. Name another file with --resume, or remove it.`);
}
