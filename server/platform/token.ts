import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { deriveKey } from './secrets.ts';

/** What an access token says. It is a claim to a session; what that is worth now, the database says (session.ts). */
export interface Claims {
  sessionId: string;
  /** Null for a super admin's own token. */
  companyId: string | null;
}

export const ACCESS_TOKEN_SECONDS = 900;
const ISSUER = 'bulkhead';
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

const key = () => deriveKey('access tokens');

export async function issueToken({ sessionId, companyId }: Claims, seconds = ACCESS_TOKEN_SECONDS): Promise<string> {
  return new SignJWT({ sid: sessionId, ...(companyId === null ? {} : { cid: companyId }) })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(ISSUER)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${seconds}s`)
    .sign(key());
}

// Keyed by the whole token: a token that differs in one character is verified anew.
const verified = new LRUCache<string, Claims & { expires: number }>({ max: 20_000 });

/** The claims of a token with a good signature that has not expired, or undefined. */
export function verifyToken(token: string): Claims | undefined | Promise<Claims | undefined> {
  const known = verified.get(token);
  if (known !== undefined) return known.expires > Date.now() ? known : undefined;
  return verifySlowly(token);
}

async function verifySlowly(token: string): Promise<Claims | undefined> {
  try {
    const { payload } = await jwtVerify(token, key(), { algorithms: ['HS256'], issuer: ISSUER, audience: ISSUER });
    const { sid, cid, exp } = payload;
    if (typeof sid !== 'string' || !UUID.test(sid) || exp === undefined) return undefined;
    if (cid !== undefined && (typeof cid !== 'string' || !UUID.test(cid))) return undefined;
    const claims = { sessionId: sid, companyId: cid ?? null, expires: exp * 1000 };
    verified.set(token, claims);
    return claims;
  } catch {
    return undefined;
  }
}
