import { beforeAll, expect, it } from 'vitest';
import { defineFeature } from '../../../server/platform/feature.ts';
import { createWorker } from '../../../server/platform/worker.ts';
import { openJobQueue } from '../../../server/tenancy/job-queue.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { runJobs } from '../../../test/jobs.ts';
import imports from './feature.ts';
import { runImport } from './run-import.ts';
import { contactsOf, removeUploads, undone, upload, work } from './testing/importer.ts';

let world: World;
let ada: Person;
const rows = `First name,Email\r\n${Array.from({ length: 3000 }, (_, n) => `P${n},p${n}@example.com\r\n`).join('')}`;
const importOf = async (id: string) => (await ada.get(`/api/imports/${id}`)).body;

beforeAll(async () => {
  world = await createWorld();
  return removeUploads;
});

/** An import of which one batch was written before its worker stopped; its job has one attempt left. */
async function halfDone(): Promise<string> {
  ada = (await world.company()).admin;
  const { id } = (await upload(ada, rows, { start: 'true' })).body;
  const stop = new AbortController();
  const working = work(world, ada, runImport, id, stop.signal).catch(() => undefined);
  await expect.poll(async () => (await importOf(id)).rows_done, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0);
  stop.abort();
  await working;
  expect((await importOf(id)).status).toBe('running');
  await world.admin.query('update jobs set max_attempts = 1 where company_id = $1', [ada.companyId]);
  return id;
}

/** A worker in which the import's code fails for a reason that nobody foresaw. */
async function failForGood(): Promise<void> {
  const broken = ['imports.run', 'imports.undo'].map((name) => ({
    name,
    run: async () => {
      throw new Error('out of luck');
    },
  }));
  const features = [defineFeature({ name: 'imports', jobs: broken })];
  const worker = createWorker({ adminUrl: world.adminUrl, door: world.door, events: world.app.events, features });
  await worker.drain();
  await worker.stop();
}

it('an import whose attempts ran out failed, says why, and keeps what it imported, which can be undone', async () => {
  const id = await halfDone();
  const another = (await world.company()).admin;
  const other = (await upload(another, rows, { start: 'true' })).body.id;
  await failForGood();
  const it = await importOf(id);
  expect(it).toMatchObject({ status: 'failed', failure_code: 'gave_up', finished_at: expect.any(String) });
  expect(it.failure_message).toContain('What was imported stays');
  expect((await contactsOf(world, ada.companyId)).length).toBe(it.rows_created);
  expect((await another.get(`/api/imports/${other}`)).body.status).toBe('queued');
  const told = (await ada.get('/api/notifications')).body.items.map((one: { title: string }) => one.title);
  expect(told).toContain(`Import failed: ${it.file_name}`);
  await undone(world, ada, id);
  expect(await contactsOf(world, ada.companyId)).toEqual([]);
});

it('the same where the worker was killed each time, and an admin who retries the job has it go on', async () => {
  const id = await halfDone();
  await world.admin.query(
    `update jobs set status = 'running', attempts = 1, worker = app.uuid7(), leased_until = now() - interval '2 minutes'
     where company_id = $1`,
    [ada.companyId],
  );
  const queue = openJobQueue(world.adminUrl, 6);
  await queue.recover();
  await queue.close();
  expect(await importOf(id)).toMatchObject({ status: 'failed', failure_code: 'gave_up' });
  const [job] = (await ada.get('/api/jobs?status=failed')).body.items;
  expect((await ada.post(`/api/jobs/${job.id}/retry`)).status).toBe(204);
  expect(await importOf(id)).toMatchObject({ status: 'queued', failure_code: null, failure_message: null });
  await runJobs(world, [imports]);
  expect(await importOf(id)).toMatchObject({ status: 'finished', rows_created: 3000 });
  expect(await contactsOf(world, ada.companyId)).toHaveLength(3000);
});

it('an undo whose attempts ran out can be asked for again, and goes on', async () => {
  const id = await halfDone();
  await failForGood();
  expect((await ada.post(`/api/imports/${id}/undo`)).status).toBe(202);
  await world.admin.query('update jobs set max_attempts = 1 where company_id = $1', [ada.companyId]);
  await failForGood();
  const it = await importOf(id);
  expect(it).toMatchObject({ status: 'failed', failure_code: 'gave_up' });
  expect(it.failure_message).toContain('undo it again');
  await undone(world, ada, id);
  expect(await contactsOf(world, ada.companyId)).toEqual([]);
});
