import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { decrypt, encrypt } from '../../../server/platform/secrets.ts';

const PURPOSE = 'one-time codes';
const PERIOD = 30;
const RECOVERY_CODES = 10;

/** What a typed code is: a time step to be used up, or the hash of a recovery code. */
export interface Factor {
  step: number | null;
  recovery: string | null;
}

const totpOf = (secret: string, label = '') =>
  new TOTP({
    issuer: 'Bulkhead',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD,
    secret: Secret.fromBase32(secret),
  });

/** A new secret: as people see it, as their app scans it, and sealed for the database. */
export function newTotp(identityId: string, email: string): { secret: string; url: string; sealed: string } {
  const secret = new Secret({ size: 20 }).base32;
  return { secret, url: totpOf(secret, email).toString(), sealed: encrypt(PURPOSE, secret, identityId) };
}

/** The time step of a six-digit code, one step early or late allowed (RFC 6238, 5.2); null where it is wrong. */
export function stepOf(sealed: string, identityId: string, code: string): number | null {
  const delta = totpOf(decrypt(PURPOSE, sealed, identityId)).validate({ token: code, window: 1 });
  return delta === null ? null : Math.floor(Date.now() / 1000 / PERIOD) + delta;
}

/** What the code stands for; undefined where it can be neither. The database uses it up, once. */
export function factorOf(sealed: string, identityId: string, typed: string): Factor | undefined {
  const code = typed.replace(/[\s-]/g, '').toLowerCase();
  if (/^\d{6}$/.test(code)) {
    const step = stepOf(sealed, identityId, code);
    return step === null ? undefined : { step, recovery: null };
  }
  return { step: null, recovery: hashRecovery(code) };
}

/** Codes for the day the phone is lost; 80 random bits each, so a plain hash keeps them. */
export function newRecoveryCodes(): { codes: string[]; hashes: string[] } {
  const codes = Array.from({ length: RECOVERY_CODES }, () => {
    const text = new Secret({ buffer: Uint8Array.from(randomBytes(10)).buffer }).base32.toLowerCase();
    return (text.match(/.{4}/g) as string[]).join('-');
  });
  return { codes, hashes: codes.map((code) => hashRecovery(code.replaceAll('-', ''))) };
}

const hashRecovery = (code: string) => createHash('sha256').update(code).digest('base64url');
