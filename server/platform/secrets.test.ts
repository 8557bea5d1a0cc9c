import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decrypt, deriveKey, encrypt, forgetKeys, SecretUnreadable } from './secrets.ts';

const secret = Buffer.alloc(32, 7).toString('base64');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-secrets-'));
  vi.stubEnv('BULKHEAD_DATA', folder);
  vi.stubEnv('BULKHEAD_SECRET', secret);
  forgetKeys();
});

afterEach(() => {
  vi.unstubAllEnvs();
  forgetKeys();
  rmSync(folder, { recursive: true });
});

describe('a sealed secret', () => {
  test('opens for its own purpose and place, whatever it contains', () => {
    for (const text of ['', 'token', 'ключ 🔑']) {
      expect(decrypt('twilio', encrypt('twilio', text, 'company 1'), 'company 1')).toBe(text);
    }
  });

  test('stays shut for another purpose, another place and another key', () => {
    const sealed = encrypt('twilio', 'token', 'company 1');
    expect(() => decrypt('smtp', sealed, 'company 1')).toThrow(SecretUnreadable);
    expect(() => decrypt('twilio', sealed, 'company 2')).toThrow(SecretUnreadable);
    vi.stubEnv('BULKHEAD_SECRET', Buffer.alloc(32, 8).toString('hex'));
    forgetKeys();
    expect(() => decrypt('twilio', sealed, 'company 1')).toThrow(SecretUnreadable);
  });

  test('stays shut when any byte was changed or the end is missing', () => {
    const sealed = encrypt('twilio', 'token', 'company 1');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (let position = 0; position < bytes.length; position += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(position) ^ 1, position);
      expect(() => decrypt('twilio', `v1.${changed.toString('base64url')}`, 'company 1')).toThrow(SecretUnreadable);
    }
    for (const cut of [sealed.slice(0, -3), sealed.slice(0, 20), '', 'token']) {
      expect(() => decrypt('twilio', cut, 'company 1')).toThrow(SecretUnreadable);
    }
  });

  test('looks different each time and shows nothing of the text', () => {
    const [one, two] = [encrypt('twilio', 'token', ''), encrypt('twilio', 'token', '')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.slice(3), 'base64url').toString('latin1')).not.toContain('token');
  });
});

describe("the installation's key", () => {
  test('gives each purpose a key of its own, the same after every start', () => {
    const key = deriveKey('sessions');
    expect(key).toHaveLength(32);
    expect(deriveKey('webhooks').equals(key)).toBe(false);
    forgetKeys();
    expect(deriveKey('sessions').equals(key)).toBe(true);
  });

  test('is the same key in hex and in base64', () => {
    const key = deriveKey('sessions');
    vi.stubEnv('BULKHEAD_SECRET', Buffer.alloc(32, 7).toString('hex'));
    forgetKeys();
    expect(deriveKey('sessions').equals(key)).toBe(true);
  });

  test('is refused when it is too short or not an encoding of bytes', () => {
    for (const bad of [
      'short',
      Buffer.alloc(31).toString('base64'),
      'a'.repeat(62),
      'a passphrase that is long enough, but no key',
    ]) {
      vi.stubEnv('BULKHEAD_SECRET', bad);
      forgetKeys();
      expect(() => deriveKey('sessions'), bad).toThrow('BULKHEAD_SECRET must hold at least 32 random bytes');
    }
  });

  test('is made once, in a file that only its owner can read, when none is given', () => {
    vi.stubEnv('BULKHEAD_SECRET', '');
    const key = deriveKey('sessions');
    expect(readdirSync(folder)).toEqual(['secret.key']);
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
    forgetKeys();
    expect(deriveKey('sessions').equals(key)).toBe(true);
  });

  test('does not replace the key that another process has made meanwhile', () => {
    vi.stubEnv('BULKHEAD_SECRET', '');
    const print = `import { deriveKey } from ${JSON.stringify(join(import.meta.dirname, 'secrets.ts'))};
      process.stdout.write(deriveKey('sessions').toString('hex'));`;
    const other = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', print], {
      encoding: 'utf8',
    });
    expect(other.stdout).toBe(deriveKey('sessions').toString('hex'));
  });

  test('is not used when others can read its file', () => {
    vi.stubEnv('BULKHEAD_SECRET', '');
    deriveKey('sessions');
    const file = join(folder, 'secret.key');
    const before = readFileSync(file, 'utf8');
    chmodSync(file, 0o644);
    forgetKeys();
    expect(() => deriveKey('sessions')).toThrow(/chmod 600/);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
