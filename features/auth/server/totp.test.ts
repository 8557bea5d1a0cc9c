import { Secret, TOTP } from 'otpauth';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, createWorld, type World } from '../../../test/harness.ts';
import { logIn, PASSWORD, register, securityLog } from './testing/logins.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld();
});

/** The code of now, or of some 30-second steps from now. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

interface Enrolled {
  email: string;
  client: Client;
  secret: string;
  codes: string[];
}

async function enrolled(): Promise<Enrolled> {
  const { email, body } = await register(world);
  const client = world.as(body.access_token);
  const { secret } = (await client.post('/api/auth/totp/enrol', { password: PASSWORD })).body;
  const confirmed = await client.post('/api/auth/totp/confirm', { code: codeOf(secret, -1) });
  expect(confirmed.status).toBe(200);
  return { email, client, secret, codes: confirmed.body.recovery_codes };
}

describe('one-time codes', () => {
  it('are asked for after the right password, and let in', async () => {
    const { email, client, secret, codes } = await enrolled();
    expect(new Set(codes).size).toBe(10);
    expect((await client.get('/api/auth/me')).body.totp_enabled).toBe(true);
    const without = await logIn(world, email);
    expect(without.status).toBe(401);
    expect(without.body.type).toBe('/problems/totp-required');
    expect((await logIn(world, email, 'wrong')).body.type).toBe('/problems/invalid-credentials');
    expect((await logIn(world, email, PASSWORD, { code: codeOf(secret) })).status).toBe(200);
    expect(await securityLog(world, email)).toContain('totp_enabled');
  });

  it('work once each: a code that was seen does not open a second session', async () => {
    const { email, secret } = await enrolled();
    const code = codeOf(secret);
    const answers = await Promise.all(Array.from({ length: 4 }, () => logIn(world, email, PASSWORD, { code })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await logIn(world, email, PASSWORD, { code: codeOf(secret, -1) })).status).toBe(401);
    expect((await logIn(world, email, PASSWORD, { code: codeOf(secret, 1) })).status).toBe(200);
  });

  it('count as failures when wrong, for there are only a million', async () => {
    const { email, secret } = await enrolled();
    for (let i = 0; i < 10; i += 1) expect((await logIn(world, email, PASSWORD, { code: '000000' })).status).toBe(401);
    expect((await logIn(world, email, PASSWORD, { code: codeOf(secret) })).status).toBe(423);
  });

  it('do not lock out who is only asked for the code', async () => {
    const { email, secret } = await enrolled();
    for (let i = 0; i < 12; i += 1) expect((await logIn(world, email)).body.type).toBe('/problems/totp-required');
    expect((await logIn(world, email, PASSWORD, { code: codeOf(secret) })).status).toBe(200);
  });

  it('have recovery codes, each good once, however they are typed', async () => {
    const { email, codes } = await enrolled();
    const code = codes[0] as string;
    expect((await logIn(world, email, PASSWORD, { code: code.toUpperCase().replaceAll('-', ' ') })).status).toBe(200);
    expect((await logIn(world, email, PASSWORD, { code })).status).toBe(401);
    expect((await logIn(world, email, PASSWORD, { code: codes[1] })).status).toBe(200);
  });

  it('are switched off by password and code together', async () => {
    const { email, client, secret } = await enrolled();
    const disable = (password: string, code: string) => client.post('/api/auth/totp/disable', { password, code });
    expect((await disable('wrong', codeOf(secret))).status).toBe(400);
    expect((await disable(PASSWORD, '000000')).status).toBe(400);
    expect((await disable(PASSWORD, codeOf(secret))).status).toBe(204);
    expect((await logIn(world, email)).status).toBe(200);
    expect((await disable(PASSWORD, codeOf(secret, 1))).status).toBe(409);
  });

  it('get new recovery codes, after which the old ones are worthless', async () => {
    const { email, client, secret, codes } = await enrolled();
    const answer = await client.post('/api/auth/totp/recovery-codes', { password: PASSWORD, code: codeOf(secret) });
    expect(answer.status).toBe(200);
    expect((await logIn(world, email, PASSWORD, { code: codes[0] })).status).toBe(401);
    expect((await logIn(world, email, PASSWORD, { code: answer.body.recovery_codes[0] })).status).toBe(200);
  });

  it('are not in use before the first is confirmed, and cannot be enrolled over', async () => {
    const { email, body } = await register(world);
    const client = world.as(body.access_token);
    expect((await client.post('/api/auth/totp/confirm', { code: '123456' })).status).toBe(409);
    expect((await client.post('/api/auth/totp/enrol', { password: 'wrong' })).status).toBe(400);
    await client.post('/api/auth/totp/enrol', { password: PASSWORD });
    expect((await logIn(world, email)).status).toBe(200);
    expect((await client.post('/api/auth/totp/confirm', { code: '000000' })).status).toBe(400);
    const { client: other } = await enrolled();
    expect((await other.post('/api/auth/totp/enrol', { password: PASSWORD })).status).toBe(409);
  });

  it('keep their secret sealed in the database, for this person only', async () => {
    const { email, secret } = await enrolled();
    const { rows } = await world.admin.query(
      'select totp_secret, recovery_codes from login_identities where email = $1',
      [email],
    );
    expect(rows[0].totp_secret).toMatch(/^v1\./);
    expect(rows[0].totp_secret).not.toContain(secret);
  });

  it('need a login, and a person', async () => {
    for (const path of ['enrol', 'confirm', 'disable', 'recovery-codes']) {
      expect((await world.anonymous.post(`/api/auth/totp/${path}`, {})).status).toBe(401);
    }
    const { body } = await register(world);
    const { key } = (await world.as(body.access_token).post('/api/api-keys', { name: 'CI' })).body;
    expect((await world.as(key).post('/api/auth/totp/enrol', { password: PASSWORD })).status).toBe(403);
  });
});
