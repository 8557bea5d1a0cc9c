import type { FastifyInstance, FastifyRequest } from 'fastify';
import { verifyPassword } from '../../../server/platform/password.ts';
import { ProblemError } from '../../../server/platform/problems.ts';
import { deviceOf } from './device.ts';
import type { OpenedSession } from './grant.ts';
import { newSecret } from './refresh-token.ts';
import { type Factor, factorOf } from './totp.ts';

export interface Credentials {
  email: string;
  password: string;
  code?: string;
}

interface Begun {
  locked_seconds: number;
  identity_id: string | null;
  password_hash: string | null;
  totp_secret: string | null;
}

export interface Opened {
  opened: OpenedSession;
  /** The refresh token's secret; the database has its hash. */
  secret: Buffer;
}

const NONE: Factor = { step: null, recovery: null };

/** Whether or not anybody has the address, the answer is the same: see docs/decisions/0010-lock-out.md. */
export const locked = (seconds: number) =>
  new ProblemError(
    'account-locked',
    'Too many failed attempts. Wait a while, or reset the password, which unlocks it at once.',
    undefined,
    { 'retry-after': String(seconds) },
  );

/** Opens a session by password and, where it is switched on, a one-time code. Every attempt is counted and logged. */
export async function logIn(
  { door }: FastifyInstance,
  { origin }: Pick<FastifyRequest, 'origin'>,
  { email, password, code }: Credentials,
): Promise<Opened> {
  const ask = <Row>(name: string, values: unknown[]) => door.gate<Row>(name, values, { request: origin });
  const [begun] = await ask<Begun>('begin_login', [email]);
  if (begun === undefined || begun.locked_seconds > 0) throw locked(begun?.locked_seconds ?? 1);

  const refuse = async (why: string): Promise<never> => {
    await ask('fail_login', [email, why]);
    throw new ProblemError('invalid-credentials');
  };
  const right = await verifyPassword(begun.password_hash, password);
  if (!right || begun.identity_id === null) return refuse('Wrong password');

  let factor: Factor | undefined = NONE;
  if (begun.totp_secret !== null) {
    if (code === undefined) {
      await ask('forgive_attempt', [email]);
      throw new ProblemError('totp-required');
    }
    factor = factorOf(begun.totp_secret, begun.identity_id, code);
    if (factor === undefined) return refuse('Wrong one-time code');
  }
  const { secret, hash } = newSecret();
  const [opened] = await ask<OpenedSession>('open_session', [
    begun.identity_id,
    begun.password_hash,
    factor.step,
    factor.recovery,
    hash,
    JSON.stringify(deviceOf(origin.ua)),
  ]);
  return opened === undefined ? refuse('The one-time code was wrong or used before') : { opened, secret };
}
