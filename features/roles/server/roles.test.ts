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

describe('roles', () => {
  it('are the three built-in ones and the company’s own, with the number of people who have them', async () => {
    const made = await ada.post('/api/roles', { name: 'Caller', permissions: { contacts: ['read'] } });
    expect(made.status).toBe(201);
    await ada.put(`/api/users/${rep.userId}`, { role_id: made.body.id });
    const { items } = (await rep.get('/api/roles')).body;
    expect(items.map((r: { name: string; user_count: number }) => [r.name, r.user_count])).toEqual([
      ['Company admin', 1],
      ['Sales manager', 0],
      ['Sales rep', 1],
      ['Caller', 1],
    ]);
    expect((await ada.delete(`/api/roles/${made.body.id}`)).status).toBe(409);
    await ada.put(`/api/users/${rep.userId}`, { role_id: null });
    expect((await ada.delete(`/api/roles/${made.body.id}`)).status).toBe(204);
  });

  it('are changed by admins only and by version', async () => {
    const { id } = (await ada.post('/api/roles', { name: 'Closer' })).body;
    expect((await rep.put(`/api/roles/${id}`, { name: 'Boss' })).status).toBe(403);
    expect((await rep.post('/api/roles', { name: 'Boss' })).status).toBe(403);
    expect((await world.anonymous.get('/api/roles')).status).toBe(401);
    const { etag } = (await ada.get(`/api/roles/${id}`)).headers;
    expect((await ada.put(`/api/roles/${id}`, { description: 'Closes' }, { 'if-match': String(etag) })).status).toBe(
      200,
    );
    expect((await ada.put(`/api/roles/${id}`, { description: 'x' }, { 'if-match': String(etag) })).status).toBe(412);
    for (const bad of [{ name: 'sales rep' }, { name: 'X', permissions: { contacts: ['fly'] } }, {}]) {
      expect((await ada.post('/api/roles', bad)).status).toBe(400);
    }
  });

  it('of another company do not exist and cannot be given', async () => {
    const { id } = (await ada.post('/api/roles', { name: 'Hunter' })).body;
    for (const [method, payload] of [
      ['GET', undefined],
      ['PUT', { name: 'Taken' }],
      ['DELETE', undefined],
    ] as const) {
      const at = (role: string) => bob.call({ method, url: `/api/roles/${role}`, ...(payload && { payload }) });
      const theirs = await at(id);
      expect(theirs.status).toBe(404);
      expect(theirs.text).toBe((await at(NOBODY)).text);
    }
    const given = await bob.put(`/api/users/${bob.userId}`, { role_id: id });
    expect(given.body.errors[0].field).toBe('role_id');
    expect((await bob.post('/api/roles', { name: 'Hunter' })).status).toBe(201);
    expect((await ada.get(`/api/roles/${id}`)).body.name).toBe('Hunter');
  });
});

describe('a role of the company’s own', () => {
  it('narrows what its people may do, on the server and at once, and nothing that it does not name', async () => {
    const own = (await rep.post('/api/contacts/', { first_name: 'G', last_name: 'H' })).body.id;
    const made = await ada.post('/api/roles', {
      name: 'Reader',
      permissions: { contacts: ['read', 'create'], deals: [] },
    });
    await ada.put(`/api/users/${rep.userId}`, { role_id: made.body.id });
    expect((await rep.get('/api/users/me')).body.permissions).toEqual({ contacts: ['read', 'create'], deals: [] });
    const allowed = [
      await rep.get(`/api/contacts/${own}`),
      await rep.get('/api/contacts'),
      await rep.post('/api/contacts', { first_name: 'A', last_name: 'B' }),
      await rep.get('/api/activities'),
      await rep.put('/api/users/me', { title: 'AE' }),
    ];
    expect(allowed.map(({ status }) => status)).toEqual([200, 200, 201, 200, 200]);
    const refused = [
      await rep.patch(`/api/contacts/${own}`, { title: 'CEO' }),
      await rep.delete(`/api/contacts/${own}`),
      await rep.get('/api/contacts/export'),
      await rep.post('/api/contacts/bulk-delete', { ids: [own] }),
      await rep.get('/api/deals'),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    await ada.put(`/api/roles/${made.body.id}`, { permissions: {} });
    expect((await rep.get('/api/deals')).status).toBe(200);
  });

  it('narrows no admin, so that a company cannot lock itself out', async () => {
    const { admin } = await world.company();
    const { id } = (await admin.post('/api/roles', { name: 'Nothing', permissions: { users: [], roles: [] } })).body;
    expect((await admin.put(`/api/users/${admin.userId}`, { role_id: id })).status).toBe(200);
    expect((await admin.delete(`/api/roles/${id}`)).status).toBe(409);
  });

  it('can name only what there is', async () => {
    const misspelt = await ada.post('/api/roles', { name: 'Typo', permissions: { contcats: [] } });
    expect(misspelt.status).toBe(400);
    expect(misspelt.body.errors[0].field).toBe('permissions.contcats');
    expect((await rep.get('/api/roles')).body.resources).toEqual(expect.arrayContaining(['contacts', 'deals']));
  });
});
