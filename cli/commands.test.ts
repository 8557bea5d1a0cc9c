import { expect, it, vi } from 'vitest';
import { createWorld } from '../test/harness.ts';
import { commands } from './commands.ts';

const world = await createWorld();

async function bulkhead(name: string, argument = ''): Promise<{ code: number; said: string }> {
  const spies = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')].map((spy) => spy.mockImplementation(() => {}));
  const command = commands.find((one) => one.name === name)!;
  const code = await command.run({ adminUrl: world.adminUrl, publicUrl: 'http://localhost:8000', argument });
  const said = spies.flatMap((spy) => spy.mock.calls.flat()).join('\n');
  for (const spy of spies) spy.mockRestore();
  return { code, said };
}

it('makes a super admin who can log in with the password that it prints, and writes that down', async () => {
  const { code, said } = await bulkhead('create-super-admin', 'ada@example.org');
  expect(code).toBe(0);
  const password = /now: (\S+)/.exec(said)?.[1];
  const answer = await world.anonymous.post('/api/auth/login', { email: 'ada@example.org', password });
  expect(answer.status).toBe(200);
  const { rows } = await world.admin.query(
    'select actor_email::text, action from platform_audit where action like $1',
    ['super%'],
  );
  expect(rows).toEqual([{ actor_email: 'ada@example.org', action: 'super_admin_created' }]);
});

it('refuses an address that is taken, however it is written, and one that is none', async () => {
  await bulkhead('create-super-admin', 'grace@example.org');
  expect(await bulkhead('create-super-admin', 'Grace@Example.org')).toMatchObject({ code: 1 });
  expect(await bulkhead('create-super-admin', 'grace')).toMatchObject({ code: 2 });
  const { rows } = await world.admin.query(`select from login_identities where email = 'grace@example.org'`);
  expect(rows).toHaveLength(1);
});
