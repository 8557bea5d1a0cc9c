import { expect, it, vi } from 'vitest';
import { createWorld } from '../../test/harness.ts';
import { enqueue } from './jobs.ts';

vi.stubEnv('BULKHEAD_METRICS_TOKEN', 'a token that only the operator knows');
const world = await createWorld();

it('metrics tell the operator how many jobs wait and for how long, and name no company', async () => {
  const { companyId, userId } = (await world.company()).admin;
  const company = world.door.asCompany({ companyId, userId, owners: '*' });
  for (let i = 0; i < 3; i += 1) await enqueue(company, { name: 'test.nothing', run: async () => undefined }, {});
  await enqueue(company, { name: 'test.nothing', run: async () => undefined }, {}, { runAt: new Date('2099-01-01') });
  const { status, text } = await world.as('a token that only the operator knows').get('/metrics');
  expect(status).toBe(200);
  expect(text).toContain('bulkhead_jobs{status="waiting"} 3\n');
  expect(text).toContain('bulkhead_jobs{status="scheduled"} 1\n');
  expect(text).toMatch(/bulkhead_jobs_oldest_seconds \d/);
  expect(text).not.toContain(companyId);
});

it('metrics do not exist for anybody else', async () => {
  const { admin } = await world.company();
  for (const client of [world.anonymous, admin]) expect((await client.get('/metrics')).status).toBe(404);
});
