import type { Runner } from 'graphile-worker';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defineFeature } from '../../../server/platform/feature.ts';
import { enqueue, type Job } from '../../../server/platform/jobs.ts';
import { tasksOf } from '../../../server/platform/worker.ts';
import { q } from '../../../server/tenancy/query.ts';
import { runQueue } from '../../../server/tenancy/queue.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let bob: Person;
let runner: Runner | undefined;
let failures = 2;

const greet: Job<{ name: string }> = {
  name: 'test.greet',
  run: async (company, { name }) => {
    await company.run(q.insertInto('contacts').values({ first_name: name, last_name: 'by job' }));
  },
};
const stumble: Job = {
  name: 'test.stumble',
  run: async () => {
    failures -= 1;
    if (failures >= 0) throw new Error('stumbled');
  },
};
const feature = defineFeature({ name: 'test', jobs: [greet as Job, stumble] });
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
});
afterAll(() => runner?.stop());

const door = ({ companyId, userId }: Person) => world.door.asCompany({ companyId, userId, owners: '*' });
const start = async () => {
  const { door, app } = world;
  runner = await runQueue({
    adminUrl: world.adminUrl,
    tasks: tasksOf({ door, events: app.events, features: [feature], log }),
    concurrency: 4,
  });
};
const namesOf = async (person: Person) =>
  (await person.get('/api/contacts')).body.items.map((c: { first_name: string }) => c.first_name);

describe('jobs', () => {
  it('exist only if what caused them was committed', async () => {
    await expect(
      door(ada).transaction(async (tx) => {
        await enqueue(tx, greet, { name: 'Never' });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect((await ada.get('/api/jobs')).body.items).toEqual([]);
  });

  it('are refused without a company', async () => {
    await expect(world.door.gate('enqueue', ['test.greet', '{}', null, null, 1, 0])).rejects.toThrow(
      'a job needs a company',
    );
  });

  it("are seen, cancelled and retried by the company's own admins and nobody else", async () => {
    const runAt = new Date(Date.now() + 3_600_000);
    await enqueue(door(ada), greet, { name: 'Later' }, { runAt });
    const [job] = (await ada.get('/api/jobs')).body.items;
    expect(job).toMatchObject({ name: 'test.greet', status: 'waiting', attempts: 0 });
    expect((await bob.get('/api/jobs')).body.items).toEqual([]);
    const random = await bob.delete('/api/jobs/999999999');
    for (const answer of [await bob.delete(`/api/jobs/${job.id}`), await bob.post(`/api/jobs/${job.id}/retry`)]) {
      expect(answer.status).toBe(404);
      expect(answer.text).toBe(random.text);
    }
    expect((await (await world.person(ada.companyId)).get('/api/jobs')).status).toBe(403);
    expect((await ada.get('/api/jobs')).body.items).toHaveLength(1);
    expect((await ada.delete(`/api/jobs/${job.id}`)).status).toBe(204);
    expect((await ada.get('/api/jobs')).body.items).toEqual([]);
    expect((await world.anonymous.get('/api/jobs')).status).toBe(401);
  });

  it('run for the company and the user that caused them, whatever their payload says', async () => {
    await enqueue(door(ada), greet, { name: 'Grace', company: bob.companyId, company_id: bob.companyId } as {
      name: string;
    });
    await start();
    await vi.waitFor(async () => expect(await namesOf(ada)).toEqual(['Grace']), 10_000);
    expect(await namesOf(bob)).toEqual([]);
    const [contact] = (await ada.get('/api/contacts')).body.items;
    expect(contact.owner_id).toBe(ada.userId);
    const { rows } = await world.admin.query(
      `select request_method, request_path from audit_logs where resource_id = $1`,
      [contact.id],
    );
    expect(rows).toEqual([{ request_method: 'JOB', request_path: 'test.greet' }]);
  });

  it('are tried again after a failure, and show what went wrong', async () => {
    await enqueue(door(bob), stumble, {});
    await vi.waitFor(async () => {
      const [job] = (await bob.get('/api/jobs')).body.items;
      expect(job).toMatchObject({ status: 'waiting', attempts: 1, last_error: 'stumbled' });
      await bob.post(`/api/jobs/${job.id}/retry`);
    }, 10_000);
    await vi.waitFor(async () => expect(failures).toBeLessThan(1), 10_000);
  });

  it('that a killed worker left locked run after the next start', async () => {
    await runner?.stop();
    await enqueue(door(ada), greet, { name: 'Locked' });
    await world.admin.query(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'dead' where attempts = 0`,
    );
    await world.admin.query(`update graphile_worker._private_job_queues set locked_at = now(), locked_by = 'dead'`);
    await start();
    await vi.waitFor(async () => expect(await namesOf(ada)).toContain('Locked'), 10_000);
  });
});
