import { createHash, randomBytes } from 'node:crypto';

const COMPANY_BYTES = 16;
const SECRET_BYTES = 32;

/** A token names its company (or none), so that it is looked for there and nowhere else; 32 random bytes prove it. */
export interface RefreshToken {
  companyId: string | null;
  hash: Buffer;
}

/** What the database keeps of any token that we make. */
export const hashOf = (secret: Buffer): Buffer => createHash('sha256').update(secret).digest();

export function newSecret(): { secret: Buffer; hash: Buffer } {
  const secret = randomBytes(SECRET_BYTES);
  return { secret, hash: hashOf(secret) };
}

export function writeRefreshToken(companyId: string | null, secret: Buffer): string {
  const company = companyId === null ? Buffer.alloc(COMPANY_BYTES) : Buffer.from(companyId.replaceAll('-', ''), 'hex');
  return Buffer.concat([company, secret]).toString('base64url');
}

/** Undefined for what is no token of ours. */
export function readRefreshToken(token: string): RefreshToken | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== COMPANY_BYTES + SECRET_BYTES) return undefined;
  const hex = bytes.subarray(0, COMPANY_BYTES).toString('hex');
  const companyId = /^0+$/.test(hex) ? null : hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { companyId, hash: hashOf(bytes.subarray(COMPANY_BYTES)) };
}
