import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/platform/project-root.ts';

/** What one attack on one endpoint came to, as the probe recorded it. */
export interface Attacked {
  /** `GET /api/contacts/{contact_id}` */
  endpoint: string;
  outcome: string;
  attempts: number;
}

/** The matrix of the last attack on every route; undefined where none was made here. */
export function lastAttacks(file = join(projectRoot, 'coverage/attack-matrix.tsv')): Attacked[] | undefined {
  if (!existsSync(file)) return undefined;
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [endpoint = '', , outcome = '', attempts = '0'] = line.split('\t');
    return { endpoint, outcome, attempts: Number(attempts) };
  });
}
