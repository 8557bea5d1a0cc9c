import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/platform/project-root.ts';

/** What the last attack on every route came to, by endpoint: `GET /api/contacts/{contact_id}`. */
export type Attacks = Readonly<Record<string, { attacks: number; leaks: number }>>;

/** Committed beside the code, as the schema is: it says of this code that it was attacked. */
const file = join(projectRoot, 'audit/probe/attacked.json');

/** Undefined where no attack was recorded. */
export const lastAttacks = (): Attacks | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Attacks) : undefined;

/** Keeps the outcome of an attack on every route. */
export function recordAttacks(cells: readonly { endpoint: string; outcome: string; attempts: number }[]): void {
  const attacks: Record<string, { attacks: number; leaks: number }> = {};
  for (const { endpoint, outcome, attempts } of cells) {
    attacks[endpoint] ??= { attacks: 0, leaks: 0 };
    const so = attacks[endpoint];
    if (attempts > 0 && outcome !== 'not applicable') so.attacks += 1;
    if (outcome === 'leaked') so.leaks += 1;
  }
  writeFileSync(file, `${JSON.stringify(attacks, Object.keys(attacks).sort().concat('attacks', 'leaks'), 2)}\n`);
}
