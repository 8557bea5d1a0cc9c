import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { localEvents } from '../server/platform/events.ts';
import { defineFeature } from '../server/platform/feature.ts';
import { enqueue, type Job } from '../server/platform/jobs.ts';
import { startPostgres } from '../server/platform/postgres/start.ts';
import { createWorker } from '../server/platform/worker.ts';
import { createDoor } from '../server/tenancy/door.ts';
import { prepareDatabase } from '../server/tenancy/installation.ts';
import { connect } from '../server/tenancy/pool.ts';
import { urlFor } from '../server/tenancy/roles.ts';
import { fill, id } from './dataset.ts';
import { cpuSeconds } from './processes.ts';

// npx tsx bench/fairness.ts [jobs [companies]]: how long one company's job waits behind another's many.
const many = Number(process.argv[2] ?? 100_000);
const companies = Number(process.argv[3] ?? 50);
/** What a job of the busy company takes, in milliseconds: as a letter or a webhook does, it mostly waits. */
const WORK = 20;

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
process.env.BULKHEAD_DATA = folder;
const database = await startPostgres({ dataDir: folder });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

try {
  await prepareDatabase(database.adminUrl);
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await fill(admin, { companies, contacts: 1, deals: 0 });
  const door = createDoor(connect({ connectionString: urlFor('bulkhead_app', database.adminUrl), max: 6 }));
  const companyOf = (c: number) => door.asCompany({ companyId: id.company(c), userId: id.user(c), owners: '*' });

  let busyDone = 0;
  const began = new Map<number, () => void>();
  const busy: Job = {
    name: 'bench.busy',
    run: async () => {
      await pause(WORK);
      busyDone += 1;
    },
  };
  const probe: Job<{ n: number }> = { name: 'bench.probe', run: async (_, { n }) => began.get(n)?.() };
  const features = [defineFeature({ name: 'bench', jobs: [busy, probe as Job] })];
  const log = { info() {}, warn: console.warn, error: console.error };

  let next = 0;
  /** Milliseconds from the enqueue's commit to the job's beginning. */
  async function waitOf(c: number): Promise<number> {
    const n = next++;
    const running = new Promise<void>((resolve) => began.set(n, resolve));
    await enqueue(companyOf(c), probe, { n });
    const committed = performance.now();
    await running;
    return performance.now() - committed;
  }
  async function probes(label: string, count: number): Promise<void> {
    const waits: number[] = [];
    const before = [busyDone, cpuSeconds(database.pid, true), performance.now()] as const;
    for (let i = 0; i < count; i += 1) {
      waits.push(await waitOf(1 + (i % (companies - 1))));
      await pause(100);
    }
    const seconds = (performance.now() - before[2]) / 1000;
    waits.sort((a, b) => a - b);
    const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))]?.toFixed(0);
    const rate = ((busyDone - before[0]) / seconds).toFixed(0);
    const cpu = (((cpuSeconds(database.pid, true) - before[1]) / seconds) * 100).toFixed(0);
    console.log(`| ${label} | ${at(0.5)} | ${at(0.95)} | ${at(1)} | ${rate} | ${cpu} % |`);
  }

  const start = () => {
    const worker = createWorker({ adminUrl: database.adminUrl, door, events: localEvents(), features, log });
    worker.start();
    return worker;
  };

  console.log('| the others | median wait ms | 95 % | worst | busy jobs/s | database CPU |\n|---|---|---|---|---|---|');
  let worker = start();
  // Every company has had a job before.
  for (let c = 0; c < companies; c += 1) await waitOf(c);
  await probes('are idle', 50);
  await worker.stop();

  const started = performance.now();
  for (let left = many; left > 0; left -= 500) {
    await companyOf(0).transaction(async (tx) => {
      await Promise.all(Array.from({ length: Math.min(500, left) }, () => enqueue(tx, busy, {})));
    });
  }
  const each = (performance.now() - started) / many;
  const small = performance.now();
  for (let i = 0; i < 20; i += 1) await enqueue(companyOf(1), probe, { n: -1 });
  console.log(
    `(${many} enqueued at ${(each * 1000).toFixed(0)} us each; then another company's at ${((performance.now() - small) * 50).toFixed(0)} us each)`,
  );
  worker = start();
  await pause(1000);
  await probes(`have ${many} jobs waiting`, 100);
  await worker.stop();
  await door.close();
  await admin.end();
} finally {
  await database.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
