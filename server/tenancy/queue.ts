import { EventEmitter } from 'node:events';
import { Logger, type Runner, run, runMigrations, type TaskList, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import { urlFor } from './roles.ts';

// What a job does is logged by platform/worker.ts; there is no cron.
const quiet = {
  logger: new Logger(() => () => undefined),
  noHandleSignals: true,
  preset: { worker: { localQueue: { size: -1 } } },
} as const;

/** Installs the queue's tables, owned by the role that runs it, and lets the gate functions reach them. */
export async function installQueue(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const { rows } = await admin.query(
      `select current_database() as name, to_regclass('graphile_worker.migrations') as installed`,
    );
    const database = admin.escapeIdentifier(rows[0].name);
    // The queue's first migration names its schema in a statement that asks for this right even where it is there.
    if (rows[0].installed === null) await admin.query(`grant create on database ${database} to bulkhead_jobs`);
    await runMigrations({ connectionString: urlFor('bulkhead_jobs', adminUrl), ...quiet });
    await admin.query(`revoke create on database ${database} from bulkhead_jobs`);
    await admin.query(`
      grant select, insert, update, delete on all tables in schema graphile_worker to bulkhead_gate;
      grant usage on all sequences in schema graphile_worker to bulkhead_gate;
      revoke execute on all functions in schema graphile_worker from public;
      grant execute on all functions in schema graphile_worker to bulkhead_gate`);
  } finally {
    await admin.end();
  }
}

export interface QueueOptions {
  adminUrl: string;
  tasks: TaskList;
  concurrency: number;
}

// Names the advisory lock that a living worker holds, so that another can tell it from a dead one.
const ALIVE = 815;

/** Runs jobs until it is stopped. Jobs that a killed worker left locked are free again before the first is taken. */
export async function runQueue({ adminUrl, tasks, concurrency }: QueueOptions): Promise<Runner> {
  const connectionString = urlFor('bulkhead_jobs', adminUrl);
  const alive = new pg.Client({ connectionString, application_name: 'bulkhead worker', keepAlive: true });
  // Losing this connection only makes the locks look free; the worker's own connections tell what is wrong.
  alive.on('error', () => undefined);
  await alive.connect();
  await unlockDead(alive);
  const events = new EventEmitter() as unknown as WorkerEvents;
  let held: Promise<unknown> = Promise.resolve();
  const hold = (id: string) => {
    held = held
      .then(() => alive.query('select pg_advisory_lock_shared($1, hashtext($2))', [ALIVE, id]))
      .catch(() => undefined);
  };
  events.on('pool:create', ({ workerPool }) => hold(workerPool.id));
  events.on('worker:create', ({ worker }) => hold(worker.workerId));
  const runner = await run({
    connectionString,
    taskList: tasks,
    parsedCronItems: [],
    concurrency,
    events,
    pollInterval: 1000,
    maxPoolSize: concurrency + 1,
    ...quiet,
  });
  void runner.promise.finally(() => alive.end()).catch(() => undefined);
  return runner;
}

async function unlockDead(client: pg.Client): Promise<void> {
  await client.query(
    `select graphile_worker.force_unlock_workers(array_agg(locked_by))
     from (
       select locked_by from graphile_worker._private_jobs where locked_by is not null
       union
       select locked_by from graphile_worker._private_job_queues where locked_by is not null
     ) lockers
     where not exists (
       select from pg_locks
       where locktype = 'advisory' and classid = $1 and objid = hashtext(locked_by)::bigint & 4294967295)
     having count(*) > 0`,
    [ALIVE],
  );
}
