import { beforeAll, expect, it } from 'vitest';
import type { Message } from '../../../server/platform/events.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

const NOBODY = '01900000-0000-7000-8000-000000000000';
let world: World;
let root: Awaited<ReturnType<World['superAdmin']>>;
let ada: Person;
let bob: Person;
let at: string;

beforeAll(async () => {
  world = await createWorld();
  root = await world.superAdmin();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  at = `/api/companies/${ada.companyId}`;
});

it('is read by the platform’s staff in figures, as on the platform’s page', async () => {
  const { status, body, text } = await root.get(at);
  expect(status).toBe(200);
  expect(body).toEqual((await root.get(`/api/platform/companies/${ada.companyId}`)).body);
  expect(body).toMatchObject({ name: 'Nadan', users: 1 });
  expect(text).not.toContain('timezone');
  expect((await root.get(`/api/companies/${NOBODY}`)).status).toBe(404);
});

it('gets its plan and the end of its trial from the staff; both logs say who, what it was and what it became', async () => {
  const heard: Message[] = [];
  world.app.events.subscribe((message) => message && heard.push(message));
  const before = (await ada.get(at)).body;
  const changed = await root.put(at, {
    plan: 'professional',
    subscription_status: 'active',
    trial_ends_at: '2031-02-03T00:00:00Z',
    domain: 'nadan.example',
  });
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({ plan: 'professional', subscription_status: 'active', users: 1 });
  const after = (await ada.get(at)).body;
  expect(after).toMatchObject({ plan: 'professional', subscription_status: 'active', domain: 'nadan.example' });
  expect(after).toMatchObject({ name: before.name, timezone: before.timezone, version: before.version + 1 });
  expect(Date.parse(after.trial_ends_at)).toBe(Date.parse('2031-02-03T00:00:00Z'));
  const [entry] = (await ada.get('/api/audit-logs?resource_type=companies')).body.items;
  expect(entry).toMatchObject({ user_id: null, acting_admin: root.email, action: 'update' });
  expect(entry.changes).toMatchObject({ before: { plan: before.plan }, after: { plan: 'professional' } });
  const [platforms] = (await root.get(`/api/platform/audit?company_id=${ada.companyId}`)).body.items;
  expect(platforms).toMatchObject({ action: 'changed', actor_email: root.email });
  expect(platforms.details).toMatchObject({ before: { domain: null }, after: { domain: 'nadan.example' } });
  await expect
    .poll(() => heard)
    .toContainEqual({ companyId: ada.companyId, table: 'companies', id: ada.companyId, action: 'updated' });
  expect((await root.put(at, { trial_ends_at: null })).body).toMatchObject({
    trial_ends_at: null,
    plan: 'professional',
  });
  expect((await root.put(at, { name: 'Nadan & Co', email: 'hello@nadan.example' })).body.name).toBe('Nadan & Co');
});

it('tells nobody of a change that changes nothing', async () => {
  const told = async () => [
    (await root.get(`/api/platform/audit?company_id=${ada.companyId}`)).body.items.length,
    (await ada.get('/api/audit-logs?resource_type=companies')).body.items.length,
  ];
  const before = await told();
  const { name, plan } = (await ada.get(at)).body;
  expect((await root.put(at, { name, plan })).status).toBe(200);
  expect(await told()).toEqual(before);
});

it('has fields for its admins and fields for the staff, and says which are whose', async () => {
  const refusedTo = async (who: { put: Person['put'] }, body: object) => {
    const answer = await who.put(at, body);
    expect(answer.status).toBe(422);
    expect(answer.body.type).toBe('/problems/not-yours');
    return answer.body.errors.map(({ field, message }: Record<string, string>) => `${field}: ${message}`);
  };
  const before = (await ada.get(at)).body;
  expect(await refusedTo(root, { plan: 'free', city: 'Rome', timezone: 'UTC' })).toEqual([
    'city: Only the admins of the company may change this.',
    'timezone: Only the admins of the company may change this.',
  ]);
  expect(await refusedTo(ada, { city: 'Rome', plan: 'free', trial_ends_at: null })).toEqual([
    'plan: Only the staff of the platform may change this.',
    'trial_ends_at: Only the staff of the platform may change this.',
  ]);
  expect(await refusedTo(ada, { domain: 'x.example', subscription_status: 'active' })).toHaveLength(2);
  const acting = (await root.post(`/api/platform/companies/${ada.companyId}/act`, { reason: 'asked for help' })).body;
  expect(await refusedTo(world.as(acting.access_token), { plan: 'free' })).toHaveLength(1);
  expect((await ada.get(at)).body).toEqual(before);
});

it('refuses to the staff what is no plan, no status, no date, and a domain that another company has', async () => {
  for (const bad of [
    {},
    { plan: '' },
    { plan: null },
    { plan: 'x'.repeat(51) },
    { subscription_status: 'gold' },
    { trial_ends_at: 'soon' },
    { trial_ends_at: '2031-02-30T00:00:00Z' },
    { name: '' },
    { status: 'deleted' },
    { is_canary: true },
  ]) {
    expect((await root.put(at, bad)).status, JSON.stringify(bad)).toBe(400);
  }
  const twice = await root.put(`/api/companies/${bob.companyId}`, { domain: 'nadan.example' });
  expect(twice.status).toBe(409);
  expect(twice.body.detail).toBe('Another company has this domain.');
});

it('is changed by nobody else: not another’s admin, nor a rep, nor a stranger, nor staff that has logged out', async () => {
  const [rep, gone] = [await world.person(ada.companyId), await world.superAdmin()];
  await world.admin.query('update platform_sessions set revoked_at = now() where id = $1', [gone.sessionId]);
  for (const body of [{ plan: 'free' }, { name: 'Taken' }]) {
    expect((await rep.put(at, body)).status).toBe(403);
    expect((await world.anonymous.put(at, body)).status).toBe(401);
    expect((await gone.put(at, body)).status).toBe(401);
    const [theirs, none] = [await bob.put(at, body), await bob.put(`/api/companies/${NOBODY}`, body)];
    expect({ ...theirs.body, instance: '' }).toEqual({ ...none.body, instance: '' });
  }
  expect((await bob.put(at, { name: 'Taken' })).status).toBe(404);
  await expect(world.door.gate('platform_change_company', [ada.sessionId, ada.companyId, '{}'])).rejects.toMatchObject({
    code: 'BH401',
  });
});

it('is changed while it is suspended, and no more once it is deleted', async () => {
  const { id } = await world.company('Gone Ltd');
  const url = `/api/companies/${id}`;
  await root.post(`/api/platform/companies/${id}/suspend`, { reason: 'unpaid bills' });
  expect((await root.put(url, { plan: 'free' })).body).toMatchObject({ plan: 'free', status: 'suspended' });
  await root.delete(url);
  expect((await root.put(url, { plan: 'starter' })).status).toBe(404);
  expect((await root.put(`/api/companies/${NOBODY}`, { plan: 'free' })).status).toBe(404);
});
