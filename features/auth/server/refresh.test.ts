import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { urlFor } from '../../../server/tenancy/roles.ts';
import { createWorld, type World } from '../../../test/harness.ts';
import { newSecret, readRefreshToken } from './refresh-token.ts';
import { logIn, refresh, register, securityLog, setCookie } from './testing/logins.ts';

let world: World;
let email: string;

beforeAll(async () => {
  world = await createWorld();
  email = (await register(world)).email;
});

/** The ten seconds in which a token may be sent twice, gone by. */
const graceIsOver = () => world.admin.query(`update refresh_tokens set used_at = used_at - interval '11 seconds'`);
const open = async () => (await logIn(world, email)).body;

describe('refreshing', () => {
  it('rotates: each answer carries the next token, and a fresh access token', async () => {
    const first = await open();
    const second = await refresh(world, first.refresh_token);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(first.refresh_token);
    expect(second.body.user).toEqual(first.user);
    expect((await world.as(second.body.access_token).get('/api/auth/me')).status).toBe(200);
    expect((await refresh(world, second.body.refresh_token)).status).toBe(200);
  });

  it('ends the whole session when a used token comes again, and logs it', async () => {
    const stolen = await open();
    const { body: next } = await refresh(world, stolen.refresh_token);
    await graceIsOver();
    expect((await refresh(world, stolen.refresh_token)).status).toBe(401);
    expect((await refresh(world, next.refresh_token)).status).toBe(401);
    expect((await world.as(next.access_token).get('/api/auth/me')).status).toBe(401);
    expect(await securityLog(world, email)).toContain('suspicious_activity');
  });

  it('lets a tab that asks many times at once stay logged in', async () => {
    const { refresh_token } = await open();
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(world, refresh_token)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    await graceIsOver();
    for (const { body } of answers.slice(-1)) expect((await refresh(world, body.refresh_token)).status).toBe(200);
  });

  it('holds that across processes: whichever answer the browser keeps is good later', async () => {
    const { refresh_token, user } = await open();
    const token = readRefreshToken(refresh_token);
    const clients = Array.from({ length: 8 }, () => new pg.Client(urlFor('bulkhead_app', world.adminUrl)));
    await Promise.all(clients.map((client) => client.connect()));
    const asked = clients.map((client) =>
      client.query('select * from gate.refresh_session($1, $2, $3)', [user.company_id, token?.hash, newSecret().hash]),
    );
    expect((await Promise.all(asked)).map(({ rows }) => rows[0]?.reused)).toEqual(Array(8).fill(false));
    await Promise.all(clients.map((client) => client.end()));
    const { rows } = await world.admin.query(
      `select count(*)::int as good from refresh_tokens r where used_at is null
       and session_id = (select session_id from refresh_tokens where token_hash = $1)`,
      [token?.hash],
    );
    expect(rows[0].good).toBe(8);
  });

  it('does not let two lines of tokens live on: the first use of one ends those beside it', async () => {
    const { refresh_token } = await open();
    const [mine, theirs] = await Promise.all([refresh(world, refresh_token), refresh(world, refresh_token)]);
    expect((await refresh(world, mine.body.refresh_token)).status).toBe(200);
    await graceIsOver();
    expect((await refresh(world, theirs.body.refresh_token)).status).toBe(401);
  });

  it('works by cookie alone, and gives the next one', async () => {
    const answer = await logIn(world, email, undefined, { cookie: true });
    const cookie = setCookie(answer).split(';')[0] as string;
    const next = await world.anonymous.post('/api/auth/refresh', undefined, { cookie });
    expect(next.status).toBe(200);
    expect(next.body.refresh_token).toBeNull();
    expect(setCookie(next)).toContain('bulkhead_refresh=');
    expect(setCookie(next).split(';')[0]).not.toBe(cookie);
    const foreign = await world.anonymous.post('/api/auth/refresh', undefined, {
      cookie,
      'sec-fetch-site': 'same-site',
    });
    expect(foreign.status).toBe(403);
  });

  it('refuses what is no token, and takes a useless cookie away', async () => {
    const random = Buffer.alloc(48, 7).toString('base64url');
    for (const token of ['x', random, Buffer.alloc(48).toString('base64url')]) {
      expect((await refresh(world, token)).status).toBe(401);
    }
    const answer = await world.anonymous.post('/api/auth/refresh', undefined, { cookie: `bulkhead_refresh=${random}` });
    expect(answer.status).toBe(401);
    expect(setCookie(answer)).toMatch(/bulkhead_refresh=;.*(Max-Age=0|1970)/);
    expect((await world.anonymous.post('/api/auth/refresh')).status).toBe(401);
    expect((await world.anonymous.post('/api/auth/refresh', { refresh_token: [1] })).status).toBe(400);
  });

  it('finds no session of one company by a token that names another', async () => {
    const other = await register(world);
    const { refresh_token } = await open();
    const forged = Buffer.from(refresh_token, 'base64url');
    Buffer.from(other.body.company_id.replaceAll('-', ''), 'hex').copy(forged);
    expect((await refresh(world, forged.toString('base64url'))).status).toBe(401);
    expect((await refresh(world, refresh_token)).status).toBe(200);
  });

  it('ends with the session’s 90 days, and with the user', async () => {
    const { refresh_token, user } = await open();
    await world.admin.query(`update sessions set created_at = now() - interval '89 days' where user_id = $1`, [
      user.id,
    ]);
    expect((await refresh(world, refresh_token)).status).toBe(200);
    const { rows } = await world.admin.query('select max(expires_at) as ends from sessions where user_id = $1', [
      user.id,
    ]);
    const days = (rows[0].ends - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(0.9);
  });

  it('rotates and ends a super admin’s session likewise', async () => {
    const { identityId, email: root } = await world.superAdmin();
    await world.admin.query(
      'update login_identities set password_hash = (select password_hash from login_identities where email = $1) where id = $2',
      [email, identityId],
    );
    const first = (await logIn(world, root)).body;
    const second = await refresh(world, first.refresh_token);
    expect(second.body.user.role).toBe('super_admin');
    await world.admin.query(`update platform_refresh_tokens set used_at = used_at - interval '11 seconds'`);
    expect((await refresh(world, first.refresh_token)).status).toBe(401);
    expect((await refresh(world, second.body.refresh_token)).status).toBe(401);
  });
});
