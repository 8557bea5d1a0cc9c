import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { urlFor } from '../../../server/tenancy/roles.ts';
import { createWorld, type World } from '../../../test/harness.ts';
import { anAddress, later, logIn, PASSWORD, register, securityLog, setCookie } from './testing/logins.ts';

let world: World;
let email: string;
let companyId: string;

beforeAll(async () => {
  world = await createWorld({ env: { BULKHEAD_URL: 'https://crm.example.com' } });
  const company = await register(world);
  email = company.email;
  companyId = company.body.company_id;
});

async function fail(address: string, times: number): Promise<number[]> {
  const statuses = [];
  for (let i = 0; i < times; i += 1) statuses.push((await logIn(world, address, 'wrong')).status);
  return statuses;
}

describe('logging in', () => {
  it('answers with a token that works, and who it is for', async () => {
    const answer = await logIn(world, email.toUpperCase());
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ token_type: 'bearer', expires_in: 900, refresh_token: expect.any(String) });
    expect(answer.body.user).toMatchObject({
      email,
      role: 'company_admin',
      company_id: companyId,
      company_name: 'Nadan',
    });
    const me = await world.as(answer.body.access_token).get('/api/auth/me');
    expect(me.status).toBe(200);
    expect(me.body).toMatchObject({
      ...answer.body.user,
      company_status: 'active',
      totp_enabled: false,
      acting_admin: null,
    });
    expect(Date.parse(me.body.trial_ends_at)).toBeGreaterThan(Date.now() + 13.9 * 86_400_000);
  });

  it('keeps the refresh token from scripts where the client asks for a cookie', async () => {
    const answer = await logIn(world, email, PASSWORD, { cookie: true });
    expect(answer.body.refresh_token).toBeNull();
    const cookie = setCookie(answer);
    for (const part of ['bulkhead_refresh=', 'Path=/api/auth', 'HttpOnly', 'Secure', 'SameSite=Strict']) {
      expect(cookie).toContain(part);
    }
  });

  it('answers an unknown address, a person without a password and a wrong password alike', async () => {
    const invited = await world.person(companyId);
    const answers = [
      await logIn(world, email, 'wrong'),
      await logIn(world, anAddress()),
      await logIn(world, invited.email),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect({ ...body, instance: '' }).toEqual({ ...answers[0]?.body, instance: '' });
    }
  });

  it('takes about as long for an unknown address as for a wrong password', async () => {
    const { email: known } = await register(world);
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    const attempt = async (kind: keyof typeof times, address: string) => {
      const start = performance.now();
      await logIn(world, address, 'wrong');
      times[kind].push(performance.now() - start);
    };
    for (let i = 0; i < 20; i += 1) {
      await attempt('known', known);
      await attempt('unknown', anAddress());
      await later(world, known, '1 hour');
    }
    // The quickest quarter says how long the work takes; the rest, what else the machine was doing.
    const quick = (list: number[]) => list.sort((a, b) => a - b)[5] as number;
    const ratio = quick(times.known) / quick(times.unknown);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });

  it('refuses who was made inactive, and whose company was deleted, like a wrong password', async () => {
    const { email: gone, body } = await register(world);
    const inactive = await world.person(body.company_id);
    await world.admin.query(
      'update login_identities set password_hash = (select password_hash from login_identities where email = $1) where email = $2',
      [gone, inactive.email],
    );
    expect((await logIn(world, inactive.email)).status).toBe(200);
    await world.admin.query(`update users set status = 'inactive' where id = $1`, [inactive.userId]);
    expect((await logIn(world, inactive.email)).status).toBe(401);
    await world.admin.query(`update companies set status = 'deleted' where id = $1`, [body.company_id]);
    expect((await logIn(world, gone)).status).toBe(401);
  });

  it('logs every attempt, with where it came from', async () => {
    const { email: logged } = await register(world);
    await logIn(world, logged, 'wrong');
    await logIn(world, logged);
    expect(await securityLog(world, logged)).toEqual(['registered', 'login_success', 'login_failed', 'login_success']);
    const { rows } = await world.admin.query('select ip_address from security_logs where user_email = $1', [logged]);
    expect(rows.every((row) => row.ip_address === '127.0.0.1')).toBe(true);
  });

  it('does not count as an edit of the user', async () => {
    const { email: quiet, body } = await register(world);
    await logIn(world, quiet);
    const { rows } = await world.admin.query('select version, last_login_at from users where id = $1', [body.user.id]);
    expect(rows[0]).toMatchObject({ version: 1, last_login_at: expect.any(Date) });
  });

  it('refuses a malformed body and a field that it does not know', async () => {
    expect((await world.anonymous.post('/api/auth/login', { email })).status).toBe(400);
    expect((await logIn(world, email, PASSWORD, { company_id: companyId })).status).toBe(400);
  });

  it('lets a super admin in, who has no company, and reaches no company with it', async () => {
    const { identityId, email: root } = await world.superAdmin();
    await world.admin.query(
      'update login_identities set password_hash = (select password_hash from login_identities where email = $1) where id = $2',
      [email, identityId],
    );
    const { body } = await logIn(world, root);
    expect(body.user).toMatchObject({ id: identityId, role: 'super_admin', company_id: null, company_name: null });
    const client = world.as(body.access_token);
    expect((await client.get('/api/auth/me')).body).toMatchObject({ id: identityId, role: 'super_admin' });
    expect((await client.get('/api/contacts')).status).toBe(403);
    const { rows } = await world.admin.query('select action from platform_audit where actor_id = $1', [identityId]);
    expect(rows).toEqual([{ action: 'login_success' }]);
  });
});

describe('the lock', () => {
  it('shuts after ten failures, even for the right password, and opens after 15 minutes', async () => {
    const { email: victim } = await register(world);
    expect(await fail(victim, 10)).toEqual(Array(10).fill(401));
    const answer = await logIn(world, victim);
    expect(answer.status).toBe(423);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(800);
    expect(await securityLog(world, victim)).toContain('account_locked');
    await later(world, victim, '16 minutes');
    expect((await logIn(world, victim)).status).toBe(200);
  });

  it('looks the same for an address that nobody has', async () => {
    const { email: victim } = await register(world);
    const nobody = anAddress();
    expect(await fail(nobody, 11)).toEqual(await fail(victim, 11));
    const [real, none] = [await logIn(world, victim), await logIn(world, nobody)];
    expect({ ...none.body, instance: '' }).toEqual({ ...real.body, instance: '' });
  });

  it('cannot be outrun by attempts made at once', async () => {
    const { email: victim } = await register(world);
    const answers = await Promise.all(Array.from({ length: 40 }, () => logIn(world, victim, 'wrong')));
    expect(answers.filter(({ status }) => status === 401).length).toBe(10);
    expect(answers.filter(({ status }) => status === 423).length).toBe(30);
  });

  it('cannot be outrun by many processes either', async () => {
    const { email: victim } = await register(world);
    const clients = Array.from({ length: 8 }, () => new pg.Client(urlFor('bulkhead_app', world.adminUrl)));
    await Promise.all(clients.map((client) => client.connect()));
    const rounds = clients.flatMap((client) =>
      Array.from({ length: 5 }, () => client.query('select * from gate.begin_login($1)', [victim])),
    );
    const allowed = (await Promise.all(rounds)).filter(({ rows }) => rows[0].locked_seconds === 0);
    await Promise.all(clients.map((client) => client.end()));
    expect(allowed).toHaveLength(10);
  });

  it('forgets failures once the right password comes', async () => {
    const { email: clumsy } = await register(world);
    await fail(clumsy, 9);
    expect((await logIn(world, clumsy)).status).toBe(200);
    expect(await fail(clumsy, 9)).toEqual(Array(9).fill(401));
  });
});

describe('logging out', () => {
  it('ends the session at once, and its refresh token with it', async () => {
    const { body } = await logIn(world, email);
    const client = world.as(body.access_token);
    expect((await client.post('/api/auth/logout')).status).toBe(204);
    expect((await client.get('/api/auth/me')).status).toBe(401);
    expect((await world.anonymous.post('/api/auth/refresh', { refresh_token: body.refresh_token })).status).toBe(401);
    expect(await securityLog(world, email)).toContain('logout');
  });

  it('needs a login', async () => {
    expect((await world.anonymous.post('/api/auth/logout')).status).toBe(401);
    expect((await world.anonymous.get('/api/auth/me')).status).toBe(401);
  });
});
