import { describe, expect, it } from 'vitest';
import { checkNewPassword, hashPassword, verifyPassword } from './password.ts';

describe('a password', () => {
  it('is kept as Argon2id, and only the same one opens it', async () => {
    const kept = await hashPassword('correct horse battery');
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(kept, 'correct horse battery')).toBe(true);
    expect(await verifyPassword(kept, 'Correct horse battery')).toBe(false);
  });

  it('of nobody is never right', async () => {
    expect(await verifyPassword(null, 'no password of anyone')).toBe(false);
  });

  it('is refused where anybody would guess it, and let through where not', () => {
    for (const bad of ['aaaaaaaaaaaaa', 'abababababab', 'Password12345', '123456789012', 'qwertyuiopasdf']) {
      expect(() => checkNewPassword(bad, 'password'), bad).toThrow();
    }
    for (const good of ['correct horse battery', 'my-password-is-long', 'ÄÖÜß 🔑🔑 lang genug']) {
      expect(() => checkNewPassword(good, 'password'), good).not.toThrow();
    }
  });

  it('hashed by too many at once is refused rather than queued without end', async () => {
    const results = await Promise.allSettled(Array.from({ length: 70 }, () => hashPassword('x')));
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(6);
    expect(await hashPassword('x')).toContain('argon2id');
  });
});
