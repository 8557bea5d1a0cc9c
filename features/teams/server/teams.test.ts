import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

const NOBODY = '01900000-0000-7000-8000-000000000000';
let world: World;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
});

const team = async (name: string, more = {}) => (await ada.post('/api/teams', { name, ...more })).body;

describe('teams', () => {
  it('are made with a lead, read with their members, renamed and removed', async () => {
    const lead = await world.person(ada.companyId, 'sales_manager');
    const { id } = await team('North', { team_lead_id: lead.userId });
    const { body, headers } = await lead.get(`/api/teams/${id}`);
    expect(body).toMatchObject({ name: 'North', team_lead_id: lead.userId, member_count: 1 });
    expect(body.members[0]).toMatchObject({ user_id: lead.userId, is_lead: true });
    const tag = { 'if-match': String(headers.etag) };
    expect((await ada.put(`/api/teams/${id}`, { name: 'Far north' }, tag)).body.name).toBe('Far north');
    expect((await ada.put(`/api/teams/${id}`, { name: 'South' }, tag)).status).toBe(412);
    expect((await ada.get('/api/teams?search=far')).body.items).toHaveLength(1);
    expect((await ada.delete(`/api/teams/${id}`)).status).toBe(204);
    expect((await ada.get(`/api/teams/${id}`)).status).toBe(404);
  });

  it('show a manager the records of the people who join, at once, and hide them when they leave', async () => {
    const manager = await world.person(ada.companyId, 'sales_manager');
    const rep = await world.person(ada.companyId);
    const contact = (await rep.post('/api/contacts/', { first_name: 'G', last_name: 'H' })).body.id;
    const { id } = await team('East', { team_lead_id: manager.userId });
    expect((await manager.get(`/api/contacts/${contact}`)).status).toBe(404);
    const joined = await ada.put(`/api/teams/${id}/members/${rep.userId}`, {});
    expect(joined.body).toHaveLength(2);
    expect((await manager.get(`/api/contacts/${contact}`)).status).toBe(200);
    expect((await ada.get('/api/users/me')).status).toBe(200);
    expect((await ada.get(`/api/users/${rep.userId}`)).body).toMatchObject({ team_id: id, teams: [{ name: 'East' }] });
    expect((await ada.delete(`/api/teams/${id}/members/${rep.userId}`)).status).toBe(204);
    expect((await manager.get(`/api/contacts/${contact}`)).status).toBe(404);
    expect((await ada.delete(`/api/teams/${id}/members/${rep.userId}`)).status).toBe(404);
  });

  it('of another company do not exist, nor do its people', async () => {
    const { id } = await team('West');
    const rep = await world.person(ada.companyId);
    const calls = [
      ['GET', `/api/teams/:id`],
      ['PUT', `/api/teams/:id`, { name: 'Taken' }],
      ['DELETE', `/api/teams/:id`],
      ['PUT', `/api/teams/:id/members/${bob.userId}`, {}],
      ['DELETE', `/api/teams/:id/members/${rep.userId}`],
    ] as const;
    for (const [method, url, payload] of calls) {
      const at = (team: string) =>
        bob.call({ method, url: url.replace(':id', team), ...(payload && { payload: payload as object }) });
      const theirs = await at(id);
      expect(theirs.status).toBe(404);
      expect(theirs.text).toBe((await at(NOBODY)).text);
    }
    expect((await ada.put(`/api/teams/${id}/members/${bob.userId}`, {})).status).toBe(404);
    const foreignLead = await ada.put(`/api/teams/${id}`, { team_lead_id: bob.userId });
    expect(foreignLead.body.errors[0].field).toBe('team_lead_id');
    expect((await ada.get(`/api/teams/${id}`)).body).toMatchObject({ name: 'West', member_count: 0 });
    expect((await bob.get('/api/teams')).body.items).toEqual([]);
  });

  it('are changed by admins only, by whom we know, with what the form allows', async () => {
    const manager = await world.person(ada.companyId, 'sales_manager');
    const { id } = await team('Centre');
    expect((await manager.post('/api/teams', { name: 'Mine' })).status).toBe(403);
    expect((await manager.put(`/api/teams/${id}/members/${manager.userId}`, { is_lead: true })).status).toBe(403);
    expect((await world.anonymous.get('/api/teams')).status).toBe(401);
    expect((await ada.post('/api/teams', { name: '' })).status).toBe(400);
    expect((await ada.post('/api/teams', { name: 'X', company_id: bob.companyId })).status).toBe(400);
    expect((await ada.post('/api/teams', { name: 'Centre' })).status).toBe(409);
    expect((await bob.post('/api/teams', { name: 'Centre' })).status).toBe(201);
  });
});
