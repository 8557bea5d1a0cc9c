import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/platform/project-root.ts';
import { writeWhole } from '../record.ts';

/** What the last attack on every route came to, by endpoint: `GET /api/contacts/{contact_id}`. */
export type Attacks = Readonly<Record<string, { attacks: number; leaks: number }>>;

/** Committed beside the code, as the schema is: it says of this code that it was attacked. */
const file = join(projectRoot, 'audit/probe/attacked.json');

/** Undefined where no attack was recorded. */
export const lastAttacks = (): Attacks | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Attacks) : undefined;

/** What an attack on every route came to. */
export function attacksIn(cells: readonly { endpoint: string; outcome: string; attempts: number }[]): Attacks {
  const attacks: Record<string, { attacks: number; leaks: number }> = {};
  for (const { endpoint, outcome, attempts } of cells) {
    attacks[endpoint] ??= { attacks: 0, leaks: 0 };
    const so = attacks[endpoint];
    if (attempts > 0 && outcome !== 'not applicable') so.attacks += 1;
    if (outcome === 'leaked') so.leaks += 1;
  }
  return attacks;
}

/** Keeps it beside the code, never half of it: others read it meanwhile. */
export const recordAttacks = (attacks: Attacks): void =>
  writeWhole(file, `${JSON.stringify(attacks, Object.keys(attacks).sort().concat('attacks', 'leaks'), 2)}\n`);
