import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let root: Awaited<ReturnType<World['superAdmin']>>;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  world = await createWorld();
  root = await world.superAdmin();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
});

const act = (body = {}, company = ada.companyId) =>
  root.post(`/api/platform/companies/${company}/act`, { reason: 'asked for help with imports', ...body });
const acting = async () => world.as((await act()).body.access_token);

describe('a super admin who acts for a company', () => {
  it('works in that company and in no other, and each change names them in its audit log', async () => {
    const theirs = (await ada.post('/api/contacts/', { first_name: 'Grace', last_name: 'Hopper' })).body.id;
    const other = (await bob.post('/api/contacts/', { first_name: 'Alan', last_name: 'Turing' })).body.id;
    const staff = await acting();
    expect((await staff.patch(`/api/contacts/${theirs}`, { title: 'CEO' })).status).toBe(200);
    expect((await staff.get(`/api/contacts/${other}`)).status).toBe(404);
    expect((await staff.get(`/api/companies/${bob.companyId}`)).status).toBe(404);
    expect((await staff.get('/api/platform/figures')).status).toBe(403);
    const { items } = (await ada.get(`/api/audit-logs?resource_id=${theirs}&action=update`)).body;
    expect(items[0]).toMatchObject({ user_id: null, acting_admin: root.email });
    expect((await staff.get('/api/users/me')).body).toMatchObject({
      email: root.email,
      company: { name: 'Nadan' },
      acting: { reason: 'asked for help with imports' },
    });
  });

  it('is told that a new record needs an owner: they are nobody in the company', async () => {
    const staff = await acting();
    const grace = { first_name: 'Grace', last_name: 'Hopper' };
    expect((await staff.post('/api/contacts/', grace)).body.errors).toEqual([
      { field: 'owner_id', code: 'required', message: 'is required' },
    ]);
    expect((await staff.post('/api/contacts/', { ...grace, owner_id: ada.userId })).status).toBe(201);
  });

  it('does not see what is private to one user', async () => {
    const { id } = (await ada.post('/api/contacts/', { first_name: 'Se', last_name: 'Cret' })).body;
    await world.admin.query('update contacts set private_to = owner_id where id = $1', [id]);
    expect((await (await acting()).get(`/api/contacts/${id}`)).status).toBe(404);
  });

  it('cannot change who belongs to the company: what an hour allows must not outlast it', async () => {
    const rep = await world.person(ada.companyId);
    const staff = await acting();
    const answers = [
      await staff.post('/api/invitations/send', { email: 'me@example.com', user_role: 'company_admin' }),
      await staff.post(`/api/companies/${ada.companyId}/users`, { email: 'me@e.com', first_name: 'M', last_name: 'E' }),
      await staff.put(`/api/users/${rep.userId}`, { user_role: 'company_admin' }),
      await staff.delete(`/api/users/${rep.userId}`),
      await staff.put('/api/users/me', { first_name: 'X' }),
      await staff.delete('/api/users/me'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
  });

  it('is seen by the company’s admins: who, when, why; in their notifications and security log too', async () => {
    const { id, admin } = await world.company();
    await act({ minutes: 5 }, id);
    const { items } = (await admin.get(`/api/companies/${id}/acting`)).body;
    expect(items).toEqual([
      expect.objectContaining({
        acting_admin_email: root.email,
        reason: 'asked for help with imports',
        ended_at: null,
      }),
    ]);
    expect(Date.parse(items[0].expires_at) - Date.parse(items[0].started_at)).toBe(300_000);
    expect((await admin.get('/api/security-logs?event_type=acting_started')).body.items[0]).toMatchObject({
      user_email: root.email,
      severity: 'warning',
    });
    expect((await admin.get('/api/notifications')).body.items[0].message).toContain(root.email);
    const rep = await world.person(id);
    expect((await rep.get(`/api/companies/${id}/acting`)).status).toBe(403);
    expect((await bob.get(`/api/companies/${id}/acting`)).status).toBe(404);
    expect((await world.anonymous.get(`/api/companies/${id}/acting`)).status).toBe(401);
  });

  it('stops when they end it, with the token that they act with or with their own', async () => {
    const first = await acting();
    expect((await first.delete('/api/platform/acting')).status).toBe(204);
    expect((await first.get('/api/contacts/')).status).toBe(401);
    const [second, third] = [await acting(), await acting()];
    expect((await root.delete('/api/platform/acting')).status).toBe(204);
    expect((await second.get('/api/contacts/')).status).toBe(401);
    expect((await third.get('/api/contacts/')).status).toBe(401);
    expect((await ada.get('/api/security-logs?event_type=acting_ended')).body.items.length).toBeGreaterThanOrEqual(3);
    expect((await ada.delete('/api/platform/acting')).status).toBe(403);
    expect((await world.anonymous.delete('/api/platform/acting')).status).toBe(401);
  });

  it('stops by itself when the time is over, and when the company is suspended', async () => {
    const staff = await acting();
    await world.admin.query(`update sessions set expires_at = now() where acting_admin_id is not null`);
    world.app.sessions.forget();
    expect((await staff.get('/api/contacts/')).status).toBe(401);
    const again = await acting();
    await root.post(`/api/platform/companies/${ada.companyId}/suspend`, { reason: 'unpaid bills' });
    await root.post(`/api/platform/companies/${ada.companyId}/reinstate`);
    expect((await again.get('/api/contacts/')).status).toBe(401);
  });

  it('needs a reason, an hour at most, and a company that is there', async () => {
    expect((await act({ reason: '' })).status).toBe(400);
    expect((await act({ minutes: 61 })).status).toBe(400);
    expect((await act({}, '01900000-0000-7000-8000-000000000000')).status).toBe(404);
  });
});
