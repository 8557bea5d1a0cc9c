import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { discoverFeatures } from '../server/discover.ts';
import { createWorld } from '../test/harness.ts';
import { keptLogins, tellLogins } from './logins.ts';
import { demoLogins, loadDemoOnce } from './start.ts';

const folder = await mkdtemp(join(tmpdir(), 'bulkhead-demo-'));
const world = await createWorld(); // before the data folder changes, for its roles' passwords are of the present key
process.env.BULKHEAD_DATA = folder;
const loaded = await loadDemoOnce(world.adminUrl);
afterAll(() => rm(folder, { recursive: true }));

it('makes a login for the admin, a manager and a rep of each company, and for the platform', () => {
  expect(loaded).toBe(true);
  const logins = keptLogins();
  expect(logins.map(({ company, what }) => `${company ?? 'platform'} ${what}`).sort()).toEqual([
    'Sunstone admin',
    'Sunstone manager',
    'Sunstone rep',
    'nadan admin',
    'nadan manager',
    'nadan rep',
    'platform super admin',
  ]);
  expect(new Set(logins.map(({ password }) => password)).size).toBe(7);
});

it('keeps the passwords in a file for its owner alone, and nowhere else in clear', async () => {
  expect(statSync(join(folder, 'demo-logins.json')).mode & 0o777).toBe(0o600);
  const { rows } = await world.admin.query('select to_jsonb(i)::text as text from login_identities i');
  for (const { password } of keptLogins()) expect(rows.some(({ text }) => text.includes(password))).toBe(false);
});

it('loads nothing at the second start, and tells the same logins', async () => {
  expect(await loadDemoOnce(world.adminUrl)).toBe(false);
  expect(await demoLogins(world.adminUrl)).toEqual(keptLogins());
  expect((await world.admin.query('select from companies')).rowCount).toBe(2);
});

it('tells each login with its password', () => {
  const told = tellLogins(keptLogins(), 'http://localhost:8000');
  for (const { email, password } of keptLogins()) expect(told).toMatch(new RegExp(`${email} +${password}`));
});

const hasAuth = (await discoverFeatures()).some(({ name }) => name === 'auth');
describe.runIf(hasAuth)('when the demo is loaded', () => {
  it.each(keptLogins())('$who, $what, logs in', async ({ email, password }) => {
    const { status } = await world.anonymous.post('/api/auth/login', { email, password });
    expect(status).toBe(200);
  });
});

it('tells a login no more once its password was changed', async () => {
  const [first, ...others] = keptLogins();
  await world.admin.query(`update login_identities set password_hash = null where email = $1`, [first!.email]);
  expect(await demoLogins(world.adminUrl)).toEqual(others);
});
