import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { logIn, register } from '../../auth/server/testing/logins.ts';

let world: World;
let admin: Person;
let rep: Person;
let stranger: Person;
const NONE = '01900000-0000-7000-8000-000000000000';

beforeAll(async () => {
  world = await createWorld();
  admin = (await world.company('Nadan')).admin;
  rep = await world.person(admin.companyId, 'sales_rep');
  stranger = (await world.company('Sunstone')).admin;
});

const ids = async (person: { get: Person['get'] }, query = '') =>
  (await person.get(`/api/sessions${query}`)).body.items.map((s: { id: string }) => s.id);

describe('sessions', () => {
  it('are listed for their user, with where and what they are on', async () => {
    const { email, body } = await register(world);
    const phone =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Mobile/15E Safari/604';
    await world.anonymous.post(
      '/api/auth/login',
      { email, password: 'correct horse battery' },
      { 'user-agent': phone },
    );
    const { items } = (await world.as(body.access_token).get('/api/sessions')).body;
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ browser: 'Safari', os: 'iOS', device_type: 'mobile', is_current: false });
    expect(items[1]).toMatchObject({ is_current: true, ip_address: '127.0.0.1', user_name: 'Ada Lovelace' });
    expect(JSON.stringify(items)).not.toMatch(/hash|token/);
  });

  it('of colleagues are the admins’ to see, and nobody else’s', async () => {
    expect(await ids(rep)).toEqual([rep.sessionId]);
    expect(await ids(admin)).toEqual([admin.sessionId]);
    expect(await ids(admin, `?user_id=${rep.userId}`)).toEqual([rep.sessionId]);
    expect(await ids(admin, '?everyone=true')).toEqual(expect.arrayContaining([admin.sessionId, rep.sessionId]));
    expect((await rep.get('/api/sessions?everyone=true')).status).toBe(403);
    expect((await rep.get(`/api/sessions?user_id=${admin.userId}`)).status).toBe(403);
    expect((await rep.get(`/api/sessions?user_id=${NONE}`)).status).toBe(403);
  });

  it('of another company do not exist', async () => {
    expect(await ids(stranger, '?everyone=true')).toEqual([stranger.sessionId]);
    expect(await ids(stranger, `?user_id=${rep.userId}`)).toEqual([]);
    const theirs = await stranger.delete(`/api/sessions/${rep.sessionId}`);
    const none = await stranger.delete(`/api/sessions/${NONE}`);
    expect(theirs.status).toBe(404);
    expect(theirs.text).toBe(none.text);
    expect((await rep.get('/api/sessions')).status).toBe(200);
  });

  it('are ended by their user, by an admin, and not by a colleague', async () => {
    const colleague = await world.person(admin.companyId);
    expect((await rep.delete(`/api/sessions/${colleague.sessionId}`)).status).toBe(404);
    expect((await colleague.get('/api/auth/me')).status).toBe(200);
    expect((await admin.delete(`/api/sessions/${colleague.sessionId}`)).status).toBe(204);
    expect((await colleague.get('/api/auth/me')).status).toBe(401);
    expect((await admin.delete(`/api/sessions/${colleague.sessionId}`)).status).toBe(404);
    const own = await world.person(admin.companyId);
    expect((await own.delete(`/api/sessions/${own.sessionId}`)).status).toBe(204);
    expect((await own.get('/api/auth/me')).status).toBe(401);
  });

  it('are ended all but the one that asks', async () => {
    const { email, body } = await register(world);
    const others = [await logIn(world, email), await logIn(world, email)];
    const here = world.as(body.access_token);
    for (const { body: there } of others)
      expect((await world.as(there.access_token).get('/api/auth/me')).status).toBe(200);
    expect((await here.delete('/api/sessions')).body).toEqual({ ended: 2 });
    expect((await here.get('/api/auth/me')).status).toBe(200);
    for (const { body: there } of others)
      expect((await world.as(there.access_token).get('/api/auth/me')).status).toBe(401);
  });

  it('that another process ended are noticed within six seconds', async () => {
    const person = await world.person(admin.companyId);
    expect((await person.get('/api/auth/me')).status).toBe(200);
    await world.admin.query('update sessions set revoked_at = now() where id = $1', [person.sessionId]);
    await expect.poll(async () => (await person.get('/api/auth/me')).status, { timeout: 6_000 }).toBe(401);
  });

  it('cannot be made or changed by the app’s own role', async () => {
    const context = { companyId: rep.companyId, userId: rep.userId, owners: '*' } as const;
    const company = world.door.asCompany(context);
    const run = (sql: string) =>
      company.run({ compile: () => ({ sql, parameters: [], query: undefined, queryId: undefined }) as never });
    await expect(run('insert into sessions (user_id, expires_at) values (app.uid(), now())')).rejects.toThrow(/denied/);
    await expect(run('update sessions set revoked_at = null')).rejects.toThrow(/denied/);
    await expect(run('insert into refresh_tokens (session_id) values (null)')).rejects.toThrow(/denied/);
  });

  it('ask who calls, and for ids that are ids', async () => {
    expect((await world.anonymous.get('/api/sessions')).status).toBe(401);
    expect((await world.anonymous.delete('/api/sessions')).status).toBe(401);
    expect((await rep.delete('/api/sessions/1')).status).toBe(400);
    expect((await rep.get('/api/sessions?owner=1')).status).toBe(400);
  });
});
