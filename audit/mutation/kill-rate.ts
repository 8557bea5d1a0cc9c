import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/platform/project-root.ts';
import { writeWhole } from '../record.ts';

/** What the last mutation test of the auditor came to; committed beside the code, as the schema is. */
export interface KillRate {
  /** Seeded defects by area: schema, privileges, policies ... `known` are survivors with a reason. */
  areas: Record<string, { seeded: number; killed: number; known: number }>;
  /** Rule to the defects that turned it red. */
  rules: Record<string, number>;
  /** Defects that no rule saw, each with the reason why that is known and left. */
  survivors: Record<string, string>;
}

const file = join(projectRoot, 'audit/mutation/kill-rate.json');

/** Undefined where none was recorded. */
export const lastKillRate = (): KillRate | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KillRate) : undefined;

export const recordKillRate = (rate: KillRate): void => writeWhole(file, `${JSON.stringify(rate, null, 2)}\n`);
