import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from './data-folder.ts';

const keyLength = 32;
const format = 'v1.';
const ivLength = 12;
const tagLength = 16;

const derived = new Map<string, Buffer>();
let installation: Buffer | undefined;

/** A secret cannot be opened: it was changed, it belongs elsewhere, or the installation's key is another one. */
export class SecretUnreadable extends Error {
  override name = 'SecretUnreadable';
}

/** The key of one purpose, 32 bytes. Purposes never share a key, so a leaked signature key opens no stored secret. */
export function deriveKey(purpose: string): Buffer {
  let key = derived.get(purpose);
  if (!key) {
    installation ??= installationKey();
    key = Buffer.from(hkdfSync('sha256', installation, 'bulkhead', purpose, keyLength));
    derived.set(purpose, key);
  }
  return key;
}

/**
 * Seals a text with AES-256-GCM under the key of `purpose`. `associated` says where the secret belongs (company and
 * row): the same text is needed to open it, so that a sealed value copied to another row stays shut.
 */
export function encrypt(purpose: string, plain: string, associated: string): string {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(purpose), iv).setAAD(Buffer.from(associated));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return format + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Opens what `encrypt` sealed for the same purpose and place, or throws `SecretUnreadable`. */
export function decrypt(purpose: string, sealed: string, associated: string): string {
  const bytes = Buffer.from(sealed.slice(format.length), 'base64url');
  if (!sealed.startsWith(format) || bytes.length < ivLength + tagLength) {
    throw new SecretUnreadable('This is not a secret that Bulkhead sealed.');
  }
  const key = deriveKey(purpose);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivLength), { authTagLength: tagLength })
      .setAAD(Buffer.from(associated))
      .setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
    return Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new SecretUnreadable(
      'A stored secret cannot be opened: it was changed, or BULKHEAD_SECRET (or the key file in the data folder) is not the one that sealed it.',
      { cause },
    );
  }
}

/** Makes the next use read the installation's key again. For tests. */
export function forgetKeys(): void {
  installation = undefined;
  derived.clear();
}

function installationKey(): Buffer {
  const given = process.env.BULKHEAD_SECRET;
  return given ? decodeKey(given.trim(), 'BULKHEAD_SECRET') : keyFromFile(join(dataFolder(), 'secret.key'));
}

function decodeKey(text: string, origin: string): Buffer {
  const hex = /^(?:[0-9a-f]{2})+$/i.test(text);
  const base64 = /^[\w+/-]+={0,2}$/.test(text);
  const key = hex ? Buffer.from(text, 'hex') : Buffer.from(base64 ? text : '', 'base64');
  if (key.length >= keyLength) return key;
  throw new Error(
    `${origin} must hold at least ${keyLength} random bytes in hex or base64. Make one with: openssl rand -base64 32`,
  );
}

function keyFromFile(file: string): Buffer {
  try {
    return readKeyFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const draft = `${file}.${process.pid}`;
  const handle = openSync(draft, 'w', 0o600);
  writeSync(handle, `${randomBytes(keyLength).toString('base64')}\n`);
  fsyncSync(handle);
  closeSync(handle);
  try {
    // A link appears whole or not at all, and never replaces: of two processes that start together, both use the first key.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readKeyFile(file);
}

function readKeyFile(file: string): Buffer {
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new Error(`Others can read the key file ${file}. Close it with: chmod 600 '${file}'`);
  }
  return decodeKey(readFileSync(file, 'utf8').trim(), file);
}
