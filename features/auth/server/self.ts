import type { FastifyRequest } from 'fastify';
import { verifyPassword } from '../../../server/platform/password.ts';
import { ProblemError } from '../../../server/platform/problems.ts';
import { locked } from './login.ts';

export interface Self {
  /** Calls a gate function as the one who asks: a company's user in their company, a super admin in none. */
  gate<Row>(name: string, values?: readonly unknown[]): Promise<Row[]>;
}

export function selfOf(request: FastifyRequest): Self {
  const { caller, server, origin } = request;
  if (caller.kind === 'user') return request.company;
  return {
    gate: (name, values = []) => server.door.gate(name, values, { userId: caller.identityId, request: origin }),
  };
}

/**
 * The person themselves, for what an API key may not do: it would outlive its own revocation by making other ways in.
 * @throws `forbidden` for a key, and for a super admin who acts for a company and is no user of it.
 */
export function personOf(request: FastifyRequest): Self {
  const { caller } = request;
  if (caller.kind === 'user' && (caller.apiKeyId !== null || caller.userId === null)) {
    throw new ProblemError('forbidden', 'Only a person who logged in as themselves may do this.');
  }
  return selfOf(request);
}

export interface OwnCredentials {
  identity_id: string;
  email: string;
  password_hash: string | null;
  totp_secret: string | null;
  totp_confirmed: boolean;
  totp_last_step: number | null;
}

/** One's own credentials. Counts as an attempt at them, as a login does, until the gate function that follows succeeds. */
export async function credentialsOf(self: Self): Promise<OwnCredentials> {
  const [own] = await self.gate<OwnCredentials & { locked_seconds: number }>('own_credentials');
  if (own === undefined) throw new ProblemError('forbidden', 'There is no login to change.');
  if (own.locked_seconds > 0) throw locked(own.locked_seconds);
  return own;
}

/** The same, proven by the password: an open session alone is not enough to change how one logs in. */
export async function provenBy(self: Self, password: string, field: string): Promise<OwnCredentials> {
  const own = await credentialsOf(self);
  if (await verifyPassword(own.password_hash, password)) return own;
  await self.gate('fail_login', [own.email, 'Wrong password while logged in']);
  throw new ProblemError('invalid-request', undefined, [{ field, code: 'wrong', message: 'is wrong' }]);
}
