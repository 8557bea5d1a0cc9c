import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Attacker } from '../attacker.ts';

/** An attack of the matrix, as it is made on any endpoint. */
export interface AttackKind {
  /** Number in the matrix of isolation.md. */
  number: number;
  name: string;
  /** Makes it. Gives a reason where the endpoint has no place for it. */
  run(attacker: Attacker): Promise<string | undefined>;
  /** What it does may show anywhere with A, not only near the endpoint. */
  wide?: true;
  /** Whether A itself acts in it, so that A's rows may change. */
  movesA?: true;
}

/** A value of the same form that nobody has. */
export function never(value: string): string {
  if (/^\d+$/.test(value)) return String(randomInt(900_000_000, 2_000_000_000));
  if (/^[0-9a-f-]{36}$/i.test(value)) return randomUUID();
  if (hasCanary(value))
    return value.replace(/(canary[-_])[0-9a-f]{12}/g, (_, name) => `${name}${randomBytes(6).toString('hex')}`);
  return randomBytes(value.length).toString('base64url').slice(0, value.length);
}

/** Whether a value is a company's own, and none that many have: a currency, a state. */
export const hasCanary = (value: string): boolean => /canary[-_][0-9a-f]{12}/.test(value);

export const NO_PATH = 'its path names nothing';
export const NO_BODY = 'it takes no JSON body';
