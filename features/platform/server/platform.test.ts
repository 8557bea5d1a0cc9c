import { beforeAll, describe, expect, it } from 'vitest';
import { createSuperAdmin } from '../../../server/tenancy/super-admin.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

const NOBODY = '01900000-0000-7000-8000-000000000000';
let world: World;
let root: Awaited<ReturnType<World['superAdmin']>>;
let ada: Person;

beforeAll(async () => {
  world = await createWorld();
  root = await world.superAdmin();
  ada = (await world.company('Nadan')).admin;
});

const routes = [
  ['GET', '/api/platform/companies'],
  ['GET', `/api/platform/companies/${NOBODY}`],
  ['GET', '/api/platform/figures'],
  ['GET', '/api/platform/audit'],
  ['GET', '/api/platform/history'],
  ['POST', `/api/platform/companies/${NOBODY}/suspend`, { reason: 'unpaid bills' }],
  ['POST', `/api/platform/companies/${NOBODY}/reinstate`],
  ['POST', `/api/platform/companies/${NOBODY}/act`, { reason: 'asked for help' }],
  ['GET', '/api/companies'],
  ['POST', '/api/companies', { name: 'X', admin: { email: 'x@example.com', first_name: 'X', last_name: 'Y' } }],
  ['DELETE', `/api/companies/${NOBODY}`],
] as const;

describe('the platform', () => {
  it('is open to super admins only, on every route', async () => {
    for (const [method, url, payload] of routes) {
      const call = { method, url, ...(payload && { payload: payload as object }) };
      expect((await world.anonymous.call(call)).status).toBe(401);
      expect((await ada.call(call)).status).toBe(403);
    }
  });

  it('refuses its functions to a session that is no live one of a super admin, whatever route calls them', async () => {
    const { rows } = await world.admin.query(
      `select p.oid::regprocedure::text as signature, p.proname as name, p.pronargs as args from pg_proc p
       where p.pronamespace = 'gate'::regnamespace and p.proname like 'platform\\_%'
         and has_function_privilege('bulkhead_app', p.oid, 'execute') and p.proname <> 'platform_session_state'`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(9);
    const gone = await world.superAdmin();
    await world.admin.query('update platform_sessions set revoked_at = now() where id = $1', [gone.sessionId]);
    for (const session of [NOBODY, ada.sessionId, gone.sessionId]) {
      for (const { name, args } of rows) {
        const call = world.door.gate(name, [session, ...Array(args - 1).fill(null)]);
        await expect(call, name).rejects.toMatchObject({ code: 'BH401' });
      }
    }
  });

  it('shows figures of companies and of all, never a row of them', async () => {
    await ada.post('/api/contacts/', { first_name: 'Canary', last_name: 'Bird' });
    const list = await root.get('/api/platform/companies?search=nadan');
    expect(list.body.items).toEqual([
      expect.objectContaining({
        id: ada.companyId,
        status: 'active',
        users: 1,
        active_users: 1,
        contacts: 1,
        deals: 0,
      }),
    ]);
    expect((await root.get(`/api/platform/companies/${ada.companyId}`)).body).toMatchObject({
      name: 'Nadan',
      contacts: 1,
    });
    expect((await root.get(`/api/platform/companies/${NOBODY}`)).status).toBe(404);
    expect((await root.get('/api/platform/figures')).body).toMatchObject({
      active_companies: 1,
      users: 1,
      contacts: 1,
    });
    expect(list.text).not.toContain('Canary');
    expect((await root.get('/api/contacts/')).status).toBe(403);
  });

  it('pages companies by cursor', async () => {
    for (let i = 0; i < 4; i += 1) await world.company();
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await root.get(`/api/platform/companies?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.items.map((c: { id: string }) => c.id));
      cursor = page.body.next_cursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(5);
  });

  it('lets people of a suspended company log in and see why, and nothing else, until it is reinstated', async () => {
    const { id, admin } = await world.company();
    const at = `/api/platform/companies/${id}`;
    expect((await root.post(`${at}/suspend`, {})).status).toBe(400);
    const suspended = await root.post(`${at}/suspend`, { reason: 'unpaid bills' });
    expect(suspended.body).toMatchObject({ status: 'suspended', suspended_reason: 'unpaid bills' });
    expect((await root.post(`${at}/suspend`, { reason: 'unpaid bills' })).status).toBe(409);
    for (const url of ['/api/contacts/', '/api/users/', `/api/companies/${id}`, '/api/teams']) {
      const answer = await admin.get(url);
      expect(answer.status).toBe(403);
      expect(answer.body.type).toBe('/problems/company-suspended');
    }
    expect((await admin.get('/api/users/me')).body.company.status).toBe('suspended');
    expect((await admin.put('/api/users/me', { title: 'x' })).status).toBe(403);
    expect((await root.post(`${at}/act`, { reason: 'asked for help' })).status).toBe(409);
    expect((await root.post(`${at}/reinstate`)).body.status).toBe('active');
    expect((await admin.get('/api/contacts/')).status).toBe(200);
    const { items } = (await root.get(`/api/platform/audit?company_id=${id}`)).body;
    expect(items.map((entry: { action: string }) => entry.action)).toEqual(['reinstated', 'suspended']);
    expect(items[1]).toMatchObject({ actor_email: root.email, reason: 'unpaid bills' });
  });

  it('gets super admins from the administrator of the database only, and never takes a company’s login', async () => {
    const made = { email: 'rosa@example.com', password: 'correct horse battery', firstName: 'Rosa' };
    expect(await createSuperAdmin(world.adminUrl, made)).toMatchObject({ created: true });
    const login = await world.anonymous.post('/api/auth/login', { email: made.email, password: made.password });
    const rosa = world.as(login.body.access_token);
    expect((await rosa.get('/api/platform/figures')).status).toBe(200);
    expect(await createSuperAdmin(world.adminUrl, { ...made, password: 'another horse battery' })).toMatchObject({
      created: false,
    });
    world.app.sessions.forget();
    expect((await rosa.get('/api/platform/figures')).status).toBe(401);
    await expect(createSuperAdmin(world.adminUrl, { ...made, email: ada.email })).rejects.toThrow(
      'logs in to a company',
    );
    await expect(
      world.door.asCompany({ companyId: ada.companyId, userId: null, owners: '*' }).gate('create_super_admin', []),
    ).rejects.toThrow();
  });

  it('tells its history in numbers alone: who was there, on trial and at work in each month or week', async () => {
    const old = await world.company('Oldtimer');
    const back = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    await world.admin.query('update companies set created_at = $2, trial_ends_at = $3, deleted_at = $4 where id = $1', [
      old.id,
      back(100),
      back(86),
      back(40),
    ]);
    await world.admin.query('update users set created_at = $2 where company_id = $1', [old.id, back(100)]);
    await world.admin.query('delete from audit_logs where company_id = $1', [old.id]);
    const bytes = Buffer.alloc(16, 0x81);
    bytes.writeUIntBE(Date.parse(back(70)), 0, 6);
    await world.admin.query(
      `insert into audit_logs (company_id, id, user_id, action, resource_type, changes, created_at)
       values ($1, $2, $3, 'create', 'contacts', '{}', $4)`,
      [old.id, bytes.toString('hex'), old.admin.userId, back(70)],
    );
    const { items } = (await root.get('/api/platform/history?step=week&spans=20')).body;
    expect(items.length).toBe(20);
    const at = (days: number) =>
      items.findLast((span: { starts_on: string }) => span.starts_on <= back(days).slice(0, 10));
    const now = items[19];
    expect(at(90).companies).toBe(1);
    expect(at(90).users).toBe(1);
    expect(at(100)).toMatchObject({ new_companies: 1, trials: 1, active_companies: 0 });
    expect(at(70)).toMatchObject({ companies: 1, trials: 0, active_companies: 1 });
    expect(at(63).active_companies).toBe(0);
    expect(at(30)).toMatchObject({ companies: 0, users: 1 });
    const figures = (await root.get('/api/platform/figures')).body;
    expect(now.companies).toBe(figures.companies - 1);
    expect((await root.get('/api/platform/history')).body.items.length).toBe(12);
    expect((await root.get('/api/platform/history?step=day')).status).toBe(400);
  });
});
