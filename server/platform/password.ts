import { hash, verify } from '@node-rs/argon2';
import { invalid, ProblemError } from './problems.ts';

/** Least length of a new password: long beats odd (NIST SP 800-63B asks for no mix of characters, nor do we). */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;

// Argon2id as OWASP's Password Storage Cheat Sheet has it: 19 MiB, 2 passes, 1 lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MOST_AT_ONCE = 64;
let running = 0;

/** Each hash takes 19 MiB and a core for some 20 ms: a flood of logins is refused rather than queued without end. */
async function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MOST_AT_ONCE) {
    throw new ProblemError('unavailable', 'Too many people are logging in. Please try again in a moment.', undefined, {
      'retry-after': '2',
    });
  }
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
  }
}

export const hashPassword = (password: string): Promise<string> => bounded(() => hash(password, COST));

let decoy: Promise<string> | undefined;

/** Whether the password is right. Without a hash (nobody has this address) it takes as long, and is false. */
export async function verifyPassword(known: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hash('no password of anyone', COST);
  const against = known ?? (await decoy);
  const right = await bounded(() => verify(against, password));
  return right && known !== null && known !== undefined;
}

const COMMON = /^(.)\1*$|^(?:password|qwerty|letmein|welcome|administrator|iloveyou|changeme)[\d!.]*$/i;
const SEQUENCES = ['0123456789012345678901234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];

/** @throws a field error for a password that is among the first that anybody would guess. Its length the schema checks. */
export function checkNewPassword(password: string, field: string): void {
  const lower = password.toLowerCase();
  const guessable =
    COMMON.test(password) || new Set(lower).size < 5 || SEQUENCES.some((sequence) => sequence.includes(lower));
  if (guessable) throw invalid(field, 'too_common', 'is too easy to guess');
}
