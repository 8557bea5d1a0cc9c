import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defineFeature } from '../../../server/platform/feature.ts';
import { enqueue, type Job } from '../../../server/platform/jobs.ts';
import { createWorker, type Worker } from '../../../server/platform/worker.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

// How long the others wait behind 100,000 jobs is measured by bench/fairness.ts.
let world: World;
let worker: Worker;
let busy: Person;
const ran: string[] = [];
let atOnce = 0;
let mostAtOnce = 0;

const slow: Job = {
  name: 'test.slow',
  run: async () => {
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    await new Promise((resolve) => setTimeout(resolve, 20));
    atOnce -= 1;
    ran.push('busy');
  },
};
const quick: Job<{ who: string }> = { name: 'test.quick', run: async (_, { who }) => void ran.push(who) };

const door = ({ companyId, userId }: Person) => world.door.asCompany({ companyId, userId, owners: '*' });

beforeAll(async () => {
  world = await createWorld();
  busy = (await world.company()).admin;
  const { companyId, userId } = busy;
  await world.admin.query(
    `insert into jobs (company_id, user_id, name) select $1, $2, 'test.slow' from generate_series(1, 20000)`,
    [companyId, userId],
  );
  const features = [defineFeature({ name: 'test', jobs: [slow, quick as Job] })];
  worker = createWorker({ adminUrl: world.adminUrl, door: world.door, events: world.app.events, features });
  worker.start();
});
afterAll(() => worker.stop());

describe('a company with 20,000 jobs waiting', () => {
  it('does not delay the jobs of ten others, and does not run more than its two at once', async () => {
    await vi.waitFor(() => expect(ran.length).toBeGreaterThan(10), 10_000);
    const others = await Promise.all(Array.from({ length: 10 }, async () => (await world.company()).admin));
    for (const other of others) await enqueue(door(other), quick, { who: other.companyId });
    const enqueued = ran.filter((who) => who === 'busy').length;
    await vi.waitFor(() => {
      for (const { companyId } of others) expect(ran).toContain(companyId);
    }, 5_000);
    expect(ran.filter((who) => who === 'busy').length - enqueued).toBeLessThan(500);
    expect(mostAtOnce).toBe(2);
  });

  it('has its own urgent job run before its others', async () => {
    await enqueue(door(busy), quick, { who: 'urgent' }, { priority: 0 });
    await enqueue(door(busy), quick, { who: 'later' }, { priority: 9 });
    await world.admin.query(`update jobs set priority = 5 where name = 'test.slow'`);
    await vi.waitFor(() => expect(ran).toContain('urgent'), 10_000);
    expect(ran).not.toContain('later');
  });
});
