import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { enqueue } from '../../../server/platform/jobs.ts';
import { createWorld } from '../../../test/harness.ts';
import { remember } from './testing/remember.ts';

const world = await createWorld();
let worker: ChildProcess | undefined;
const start = () => {
  const file = join(import.meta.dirname, 'testing/mortal-worker.ts');
  worker = spawn(process.execPath, ['--import', 'tsx', file, world.adminUrl], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};
const kill = () =>
  new Promise((resolve) => {
    worker?.once('exit', resolve);
    worker?.kill('SIGKILL');
  });
afterEach(kill);

const count = async (sql: string): Promise<number> => Number((await world.admin.query(sql)).rows[0].count);
const left = () => count('select count(*) from jobs');
const done = () => count('select count(*) from contacts');

it('each job whose enqueue was acknowledged takes effect, once, though its worker is killed again and again', async () => {
  const people = await Promise.all(['Nadan', 'Sunstone'].map(async (name) => (await world.company(name)).admin));
  for (const { companyId, userId } of people) {
    await world.door.asCompany({ companyId, userId, owners: '*' }).transaction(async (tx) => {
      for (let i = 0; i < 200; i += 1) await enqueue(tx, remember, { email: `${i}@example.com` });
    });
  }
  for (const share of [40, 120, 240]) {
    start();
    await vi.waitFor(async () => expect(await done()).toBeGreaterThan(share), { timeout: 15_000, interval: 10 });
    await kill();
    expect(await left()).toBeGreaterThan(0);
  }
  start();
  await vi.waitFor(async () => expect(await left()).toBe(0), { timeout: 30_000 });
  expect(await done()).toBe(400);
  const { rows } = await world.admin.query(
    'select company_id, count(distinct email)::int as emails from contacts group by 1 order by 1',
  );
  expect(rows).toEqual(people.map(({ companyId }) => ({ company_id: companyId, emails: 200 })));
}, 90_000);
