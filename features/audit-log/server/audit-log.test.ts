import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let bob: Person;
let contact: string;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  contact = (await ada.post('/api/contacts/', { first_name: 'Grace', last_name: 'Hopper' })).body.id;
  await ada.patch(`/api/contacts/${contact}`, { title: 'CEO' });
});

describe('the audit log', () => {
  it('tells admins who changed what, newest first, by resource, person, action and time', async () => {
    const about = (await ada.get(`/api/audit-logs?resource_type=contacts&resource_id=${contact}&include_total=true`))
      .body;
    expect(about.total).toBe(2);
    expect(about.items.map((entry: { action: string }) => entry.action)).toEqual(['update', 'create']);
    expect(about.items[0]).toMatchObject({
      user_id: ada.userId,
      user_email: ada.email,
      resource_type: 'contacts',
      changes: { before: { title: null }, after: { title: 'CEO' } },
      request_method: 'PATCH',
      acting_admin: null,
    });
    const count = async (filter: string) => (await ada.get(`/api/audit-logs?${filter}`)).body.items.length;
    expect(await count(`user_id=${ada.userId}&action=update`)).toBe(1);
    expect(await count('from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z')).toBe(0);
    expect(await count(`from=${new Date(Date.now() - 60_000).toISOString()}&resource_id=${contact}`)).toBe(2);
    expect((await ada.get('/api/audit-logs?from=yesterday')).status).toBe(400);
    expect((await ada.get('/api/audit-logs?from=1815-12-10T00:00:00Z')).status).toBe(400);
  });

  it('pages without repeating or missing an entry', async () => {
    const all = (await ada.get('/api/audit-logs')).body.items.map((e: { id: string }) => e.id);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await ada.get(`/api/audit-logs?limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.items.map((e: { id: string }) => e.id));
      cursor = page.body.next_cursor;
    }
    expect(seen).toEqual(all);
    const { next_cursor } = (await ada.get('/api/audit-logs?limit=1')).body;
    expect((await bob.get(`/api/audit-logs?limit=1&cursor=${next_cursor}`)).status).toBe(400);
  });

  it('is another company’s own, and for admins only', async () => {
    expect((await bob.get(`/api/audit-logs?resource_id=${contact}`)).body.items).toEqual([]);
    expect((await bob.get(`/api/audit-logs?user_id=${ada.userId}`)).body.items).toEqual([]);
    const rep = await world.person(ada.companyId);
    for (const url of ['/api/audit-logs', '/api/security-logs']) {
      expect((await rep.get(url)).status).toBe(403);
      expect((await world.anonymous.get(url)).status).toBe(401);
      expect((await (await world.superAdmin()).get(url)).status).toBe(403);
    }
  });

  it('keeps what is private to one user private to that user', async () => {
    const rep = await world.person(ada.companyId);
    const { id } = (await rep.post('/api/contacts/', { first_name: 'Se', last_name: 'Cret' })).body;
    await world.admin.query('update contacts set private_to = owner_id where id = $1', [id]);
    await rep.patch(`/api/contacts/${id}`, { title: 'Hidden' });
    expect((await ada.get(`/api/audit-logs?resource_id=${id}`)).text).not.toContain('Hidden');
    const { rows } = await world.admin.query('select changes from audit_logs where resource_id = $1', [id]);
    expect(JSON.stringify(rows)).toContain('Hidden');
  });
});

describe('the security log', () => {
  it('tells admins of logins and attempts in their own company', async () => {
    await world.admin.query(
      `insert into security_logs (company_id, event_type, severity, user_email, description)
       values ($1, 'login_failed', 'warning', 'x@example.com', 'Wrong password')`,
      [ada.companyId],
    );
    const { items } = (await ada.get('/api/security-logs?event_type=login_failed&severity=warning')).body;
    expect(items).toEqual([expect.objectContaining({ user_email: 'x@example.com', description: 'Wrong password' })]);
    expect((await bob.get('/api/security-logs?event_type=login_failed')).body.items).toEqual([]);
    expect((await ada.get('/api/security-logs?severity=loud')).status).toBe(400);
  });
});
