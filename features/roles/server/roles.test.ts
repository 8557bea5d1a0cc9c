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
