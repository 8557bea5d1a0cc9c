import { expect, it } from 'vitest';
import { bulkhead } from '../../test/cli.ts';
import { createWorld } from '../../test/harness.ts';

const world = await createWorld();
const create = (email: string) => bulkhead(world.adminUrl, 'create-super-admin', email);

it('makes a super admin who can log in with the password that it prints, and writes that down', async () => {
  const { code, said } = await create('ada@example.org');
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
  await create('grace@example.org');
  expect(await create('Grace@Example.org')).toMatchObject({ code: 1 });
  expect(await create('grace')).toMatchObject({ code: 2 });
  const { rows } = await world.admin.query(`select from login_identities where email = 'grace@example.org'`);
  expect(rows).toHaveLength(1);
});
