import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { deriveKey } from '../../server/platform/secrets.ts';

/**
 * A signature over the rest of the document: a JSON Web Signature with its payload left out (RFC 7515, appendix F), for
 * that is the document itself in its canonical form (RFC 8785). Any JOSE library can check it.
 */
export interface Seal {
  /** ISO 8601, UTC; also in the signed header. */
  signedAt: string;
  /** The public key, and its thumbprint (RFC 7638), by which it is compared with the one that the installation publishes. */
  key: PublicKey;
  fingerprint: string;
  /** `header..signature` */
  jws: string;
}

export interface PublicKey {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
}

/** Where an installation publishes the key with which it signs its reports. */
export const KEY_PATH = '/.well-known/bulkhead-report-key.json';

// What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410).
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key of this installation, derived like its others: it is the same as long as the installation's secret is. */
function installationKey(): KeyObject {
  const key = Buffer.concat([PKCS8, deriveKey('audit-report')]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

export function installationPublicKey(): PublicKey & { fingerprint: string } {
  const { x } = createPublicKey(installationKey()).export({ format: 'jwk' });
  const key: PublicKey = { kty: 'OKP', crv: 'Ed25519', x: x as string };
  return { ...key, fingerprint: fingerprintOf(key) };
}

/** Signs a document, which must be plain JSON, with this installation's key. */
export function seal<T extends { seal?: Seal }>(document: T, at = new Date()): T & { seal: Seal } {
  const { seal: _former, ...content } = document;
  const { fingerprint, ...key } = installationPublicKey();
  const signedAt = at.toISOString();
  const header = encode(
    JSON.stringify({ alg: 'EdDSA', kid: fingerprint, iat: Math.floor(at.getTime() / 1000), signedAt }),
  );
  const signature = sign(null, Buffer.from(`${header}.${encode(canonical(content))}`), installationKey());
  return { ...document, seal: { signedAt, key, fingerprint, jws: `${header}..${signature.toString('base64url')}` } };
}

export type Unsealed = 'not signed' | 'another key' | 'changed';

/**
 * Whether the document is as it was signed, without asking anybody.
 * @param expected the fingerprint of the key that it must be signed with; without it, only that it fits the key within
 * @returns undefined if it is
 */
export function unsealed(document: { seal?: Seal }, expected?: string): Unsealed | undefined {
  const { seal: sealed, ...content } = document;
  if (typeof sealed?.jws !== 'string' || typeof sealed.key?.x !== 'string') return 'not signed';
  // The seal itself is not signed: it may say nothing but what is checked below.
  if (membersOf(sealed) !== 'fingerprint,jws,key,signedAt' || membersOf(sealed.key) !== 'crv,kty,x') return 'changed';
  const key: PublicKey = { kty: 'OKP', crv: 'Ed25519', x: sealed.key.x };
  if (sealed.key.kty !== key.kty || sealed.key.crv !== key.crv || !JWS.test(sealed.jws)) return 'changed';
  const fingerprint = fingerprintOf(key);
  if (fingerprint !== sealed.fingerprint) return 'changed';
  if (expected !== undefined && expected !== fingerprint) return 'another key';
  const [header = '', payload, signature = ''] = sealed.jws.split('.');
  try {
    const said = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>;
    const says = said.alg === 'EdDSA' && said.kid === fingerprint && said.signedAt === sealed.signedAt;
    const text = Buffer.from(`${header}.${encode(canonical(content))}`);
    const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' });
    const holds = verify(null, text, publicKey, Buffer.from(signature, 'base64url'));
    return says && payload === '' && holds ? undefined : 'changed';
  } catch {
    return 'changed';
  }
}

/** `header..signature`, and nothing after it. */
const JWS = /^[\w-]+\.\.[\w-]{86}$/;
const membersOf = (value: object): string => Object.keys(value).sort().join();

const encode = (text: string): string => Buffer.from(text).toString('base64url');

export const fingerprintOf = ({ crv, kty, x }: PublicKey): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');

/** JSON with its names sorted and no space between (RFC 8785), so that whoever reads and writes it anew can still check it. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one ?? null)).join(',')}]`;
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('JSON knows no such number.');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
}
