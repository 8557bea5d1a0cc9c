import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

const NOBODY = '01900000-0000-7000-8000-000000000000';
let world: World;
let ada: Person;
let rep: Person;
let bob: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  rep = await world.person(ada.companyId);
  bob = (await world.company('Sunstone')).admin;
});

describe('one’s own account', () => {
  it('is read with the company and saved without touching the role', async () => {
    const saved = await rep.put('/api/users/me', { first_name: 'Grace', title: 'AE', timezone: 'Europe/Berlin' });
    expect(saved.status).toBe(200);
    const { body } = await rep.get('/api/users/me');
    expect(body).toMatchObject({
      id: rep.userId,
      first_name: 'Grace',
      user_role: 'sales_rep',
      company: { id: ada.companyId, name: 'Nadan' },
      acting: null,
    });
    for (const field of ['user_role', 'status', 'email', 'company_id', 'team_id', 'avatar_url']) {
      expect((await rep.put('/api/users/me', { [field]: 'company_admin' })).status).toBe(400);
    }
    expect((await rep.put('/api/users/me', { timezone: 'Mars/Olympus' })).body.errors[0].field).toBe('timezone');
  });

  it('asks who calls', async () => {
    for (const url of ['/api/users/me', '/api/users/', `/api/users/${ada.userId}`]) {
      expect((await world.anonymous.get(url)).status).toBe(401);
    }
  });

  it('of a super admin has no company, and can be renamed', async () => {
    const root = await world.superAdmin();
    expect((await root.put('/api/users/me', { first_name: 'Rosa' })).body).toMatchObject({
      first_name: 'Rosa',
      user_role: 'super_admin',
      company: null,
    });
    expect((await root.get('/api/users/')).status).toBe(403);
    expect((await root.delete('/api/users/me')).status).toBe(403);
  });

  it('of a company’s last admin cannot be deleted', async () => {
    const { admin } = await world.company();
    await world.person(admin.companyId);
    const refused = await admin.delete('/api/users/me');
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain('needs an admin');
    const alone = (await world.company()).admin;
    expect((await alone.delete('/api/users/me')).status).toBe(409);
    expect((await admin.get('/api/users/me')).status).toBe(200);
  });

  it('is deleted with its sessions and login, and what it owned goes to the manager', async () => {
    const manager = await world.person(ada.companyId, 'sales_manager');
    const leaver = await world.person(ada.companyId);
    await ada.put(`/api/users/${leaver.userId}`, { manager_id: manager.userId });
    await leaver.post('/api/contacts/', { first_name: 'A', last_name: 'B' });
    const left = await leaver.delete('/api/users/me');
    expect(left.body).toEqual({ reassigned_to: manager.userId, reassigned: { contacts: 1 } });
    expect((await leaver.get('/api/users/me')).status).toBe(401);
    const logins = await world.admin.query('select from login_identities where email = $1', [leaver.email]);
    expect(logins.rowCount).toBe(0);
  });
});

describe('colleagues', () => {
  it('are listed, searched, filtered and paged; nobody else’s are', async () => {
    const { admin } = await world.company();
    const people = await Promise.all([1, 2, 3].map(() => world.person(admin.companyId)));
    await admin.put(`/api/users/${people[0]!.userId}`, { last_name: 'Zimmer', department: 'EMEA' });
    const all = await admin.get('/api/users/?include_total=true');
    expect(all.body.total).toBe(4);
    expect(JSON.stringify(all.body)).not.toContain(bob.userId);
    expect((await admin.get('/api/users/?search=zimm')).body.items).toHaveLength(1);
    expect((await admin.get('/api/users/?department=EMEA')).body.items).toHaveLength(1);
    expect((await admin.get('/api/users/?user_role=company_admin')).body.items).toHaveLength(1);
    expect((await admin.get('/api/users/?sort=-name')).body.items[0].last_name).toBe('Zimmer');
    const first = await admin.get('/api/users/?limit=3&sort=name');
    const rest = await admin.get(`/api/users/?limit=3&sort=name&cursor=${first.body.next_cursor}`);
    expect(new Set([...first.body.items, ...rest.body.items].map((u: { id: string }) => u.id)).size).toBe(4);
    expect((await admin.get('/api/users/?colour=red')).status).toBe(400);
  });

  it('of another company do not exist', async () => {
    for (const [method, payload] of [
      ['GET', undefined],
      ['PUT', { title: 'Taken' }],
      ['DELETE', undefined],
    ] as const) {
      const theirs = await bob.call({ method, url: `/api/users/${rep.userId}`, ...(payload && { payload }) });
      const none = await bob.call({ method, url: `/api/users/${NOBODY}`, ...(payload && { payload }) });
      expect(theirs.status).toBe(404);
      expect(theirs.text).toBe(none.text);
    }
    expect((await rep.get('/api/users/me')).body.title).toBe('AE');
    const foreign = await bob.put(`/api/users/${bob.userId}`, { manager_id: ada.userId });
    expect(foreign.status).toBe(400);
    expect(foreign.body.errors[0].field).toBe('manager_id');
  });

  it('are changed by admins only, and the change counts at once', async () => {
    const clerk = await world.person(ada.companyId);
    expect((await rep.put(`/api/users/${clerk.userId}`, { user_role: 'company_admin' })).status).toBe(403);
    expect((await rep.put(`/api/users/${rep.userId}`, { user_role: 'company_admin' })).status).toBe(403);
    expect((await clerk.put(`/api/users/${rep.userId}`, { title: 'x' })).status).toBe(403);
    expect((await ada.put(`/api/users/${clerk.userId}`, { user_role: 'company_admin' })).status).toBe(200);
    expect((await clerk.put(`/api/users/${rep.userId}`, { title: 'AE' })).status).toBe(200);
    expect((await ada.put(`/api/users/${clerk.userId}`, { status: 'inactive' })).body.status).toBe('inactive');
    expect((await clerk.get('/api/users/')).status).toBe(401);
    await ada.put(`/api/users/${clerk.userId}`, { status: 'active' });
    expect((await clerk.get('/api/users/')).status).toBe(401);
  });

  it('are saved by version: a stale change is refused', async () => {
    const { headers } = await ada.get(`/api/users/${rep.userId}`);
    const tag = { 'if-match': String(headers.etag) };
    expect((await ada.put(`/api/users/${rep.userId}`, { phone: '1' }, tag)).status).toBe(200);
    expect((await ada.put(`/api/users/${rep.userId}`, { phone: '2' }, tag)).status).toBe(412);
  });

  it('cannot be made to lead each other by two admins at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = await Promise.all([world.person(ada.companyId), world.person(ada.companyId)]);
      const answers = await Promise.all([
        ada.put(`/api/users/${one.userId}`, { manager_id: other.userId }),
        ada.put(`/api/users/${other.userId}`, { manager_id: one.userId }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    }
  });

  it('cannot lead whom they are led by', async () => {
    const [a, b] = [await world.person(ada.companyId), await world.person(ada.companyId)];
    expect((await ada.put(`/api/users/${a.userId}`, { manager_id: b.userId })).status).toBe(200);
    for (const [who, led] of [
      [b, a],
      [a, a],
    ] as const) {
      const circle = await ada.put(`/api/users/${who.userId}`, { manager_id: led.userId });
      expect(circle.status).toBe(400);
      expect(circle.body.errors[0].field).toBe('manager_id');
    }
  });
});

describe('a company', () => {
  it('keeps an admin even when two admins demote each other at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, admin } = await world.company();
      const other = await world.person(id, 'company_admin');
      const answers = await Promise.all([
        admin.put(`/api/users/${other.userId}`, { user_role: 'sales_rep' }),
        other.put(`/api/users/${admin.userId}`, { user_role: 'sales_rep' }),
      ]);
      expect(answers.map(({ status }) => status).filter((s) => s === 200)).toHaveLength(1);
      const left = await world.admin.query(
        `select from users where company_id = $1 and user_role = 'company_admin' and status = 'active'`,
        [id],
      );
      expect(left.rowCount).toBe(1);
    }
  });
});
