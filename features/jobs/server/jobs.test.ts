import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defineFeature } from '../../../server/platform/feature.ts';
import { cancelJob, enqueue, type Job } from '../../../server/platform/jobs.ts';
import { createWorker, type Worker } from '../../../server/platform/worker.ts';
import { q } from '../../../server/tenancy/query.ts';
import { urlFor } from '../../../server/tenancy/roles.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let bob: Person;
let worker: Worker | undefined;
let failures = 2;
let seen: object | undefined;

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
const look: Job = {
  name: 'test.look',
  run: async ({ context }) => {
    seen = context;
  },
};
const feature = defineFeature({ name: 'test', jobs: [greet as Job, stumble, look] });

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
});
afterAll(() => worker?.stop());

const door = ({ companyId, userId }: Person) => world.door.asCompany({ companyId, userId, owners: '*' });
const start = () => {
  const { door, app, adminUrl } = world;
  worker = createWorker({ adminUrl, door, events: app.events, features: [feature], leaseSeconds: 1 });
  worker.start();
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
    expect(job).toMatchObject({ name: 'test.greet', status: 'scheduled', attempts: 0 });
    expect((await bob.get('/api/jobs')).body.items).toEqual([]);
    const random = await bob.delete(`/api/jobs/${randomUUID()}`);
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
    start();
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
      expect(job).toMatchObject({ status: 'scheduled', attempts: 1, last_error: 'stumbled' });
      await bob.post(`/api/jobs/${job.id}/retry`);
    }, 10_000);
    await vi.waitFor(async () => expect(failures).toBeLessThan(1), 10_000);
  });

  it('see what the one who caused them saw, and are logged as from where that one came', async () => {
    const rep = await world.person(ada.companyId, 'sales_rep');
    const request = { ip: '192.0.2.7', method: 'POST', path: '/api/x', acting: 'help@example.com' };
    const { companyId, userId } = rep;
    await enqueue(world.door.asCompany({ companyId, userId, owners: [userId], request }), look, {});
    await vi.waitFor(() => expect(seen).toBeDefined(), 10_000);
    expect(seen).toEqual({
      companyId,
      userId,
      owners: [userId],
      request: { ...request, method: 'JOB', path: 'test.look' },
    });
  });

  it('that failed for good stay, and the admins of the company, and no others, are told', async () => {
    failures = 1;
    await enqueue(door(ada), stumble, {}, { maxAttempts: 1 });
    await vi.waitFor(async () => {
      const { items } = (await ada.get('/api/jobs?status=failed')).body;
      expect(items).toMatchObject([{ name: 'test.stumble', attempts: 1, last_error: 'stumbled' }]);
    }, 10_000);
    const { rows } = await world.admin.query(`select user_id, message from notifications where type = 'error'`);
    expect(rows).toEqual([{ user_id: ada.userId, message: expect.stringContaining('test.stumble') }]);
    const [job] = (await ada.get('/api/jobs?status=failed')).body.items;
    expect((await ada.post(`/api/jobs/${job.id}/retry`)).status).toBe(204);
    await vi.waitFor(async () => expect((await ada.get('/api/jobs')).body.items).toEqual([]), 10_000);
  });

  it('with the same key replace the one that waits, each company its own', async () => {
    const runAt = new Date(Date.now() + 3_600_000);
    for (const name of ['First', 'Second']) {
      for (const person of [ada, bob]) await enqueue(door(person), greet, { name }, { key: 'k', runAt });
    }
    const { rows } = await world.admin.query(`select payload ->> 'name' as name from jobs where key = 'k'`);
    expect(rows).toEqual([{ name: 'Second' }, { name: 'Second' }]);
    await cancelJob(door(ada), 'k');
    expect((await ada.get('/api/jobs')).body.items).toEqual([]);
    const left = (await bob.get('/api/jobs')).body.items.map((job: { name: string }) => job.name);
    expect(left).toContain('test.greet');
  });

  it('of a suspended company wait until it is reinstated', async () => {
    const { admin: eve, id } = await world.company();
    await world.admin.query(`update companies set status = 'suspended' where id = $1`, [id]);
    await enqueue(door(eve), greet, { name: 'Patient' });
    await enqueue(door(ada), greet, { name: 'Meanwhile' });
    await vi.waitFor(async () => expect(await namesOf(ada)).toContain('Meanwhile'), 10_000);
    const { rows } = await world.admin.query('select first_name from contacts where company_id = $1', [id]);
    expect(rows).toEqual([]);
    await world.admin.query(`update companies set status = 'active' where id = $1`, [id]);
    await vi.waitFor(async () => expect(await namesOf(eve)).toEqual(['Patient']), 10_000);
  });

  it('are a list that another company cannot page into', async () => {
    const runAt = new Date(Date.now() + 3_600_000);
    for (let i = 0; i < 3; i += 1) await enqueue(door(ada), greet, { name: 'x' }, { runAt });
    const first = (await ada.get('/api/jobs?limit=2&include_total=true')).body;
    expect(first).toMatchObject({ total: 3, items: [{}, {}] });
    expect((await ada.get(`/api/jobs?limit=2&cursor=${first.next_cursor}`)).body.items).toHaveLength(1);
    expect((await bob.get(`/api/jobs?limit=2&cursor=${first.next_cursor}`)).status).toBe(400);
    expect((await ada.get('/api/jobs?status=unknown')).status).toBe(400);
  });

  it('are read by nobody who logs in as the worker: it can run the queue and nothing else', async () => {
    const client = new pg.Client({ connectionString: urlFor('bulkhead_jobs', world.adminUrl) });
    await client.connect();
    try {
      for (const sql of [
        'select * from jobs',
        'select * from contacts',
        'delete from jobs',
        "select * from gate.enqueue('x', '{}', null, null, 1, 0)",
        'create table mine ()',
      ]) {
        await expect(client.query(sql), sql).rejects.toThrow(/permission denied|does not exist|no schema/);
      }
    } finally {
      await client.end();
    }
  });
});
