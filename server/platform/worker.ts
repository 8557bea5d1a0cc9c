import type { FastifyBaseLogger } from 'fastify';
import type { Door } from '../tenancy/door.ts';
import { type ClaimedJob, openJobQueue } from '../tenancy/job-queue.ts';
import type { Events } from './events.ts';
import type { Feature } from './feature.ts';
import { jobsOf, runJob } from './job-run.ts';
import { keepNights } from './nights.ts';

export interface WorkerOptions {
  adminUrl: string;
  door: Door;
  events: Events;
  features: readonly Feature[];
  log?: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;
  /** Jobs at once in this process. */
  concurrency?: number;
  /** Jobs at once of one company, in all processes together. */
  slots?: number;
  /** Seconds after which the jobs of a worker that died are given to another. */
  leaseSeconds?: number;
  /** Hour (UTC) at which nightly jobs begin. */
  night?: number;
  /** Days that ended sessions are kept. */
  keepSessions?: number;
}

export interface Worker {
  start(): void;
  /** Takes no more, aborts what runs, waits for it up to `patience` milliseconds, and hands the rest back. */
  stop(patience?: number): Promise<void>;
  /** Instead of start: runs what is due until nothing is left. For tests and tools. */
  drain(): Promise<void>;
}

/** Milliseconds between two looks at an empty queue; a change that was published is a reason to look earlier. */
const POLL = 200;
const LOOK_EARLIER = 10;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Runs the jobs of all companies, in turns. */
export function createWorker(options: WorkerOptions): Worker {
  const { adminUrl, events, log = silent, concurrency = 8, slots = 2, leaseSeconds = 6 } = options;
  const queue = openJobQueue(adminUrl, leaseSeconds);
  const stopping = new AbortController();
  const parts = { ...options, jobs: jobsOf(options.features), signal: stopping.signal };
  const running = new Map<ClaimedJob, Promise<void>>();
  let after: string | null = null;
  let wake: () => void = () => undefined;

  async function take(): Promise<number> {
    const wanted = concurrency - running.size;
    if (wanted <= 0) return 0;
    const claimed = await queue.claim({ wanted, slots, after });
    for (const job of claimed) {
      after = job.company_id;
      const ended = run(job).finally(() => {
        running.delete(job);
        wake();
      });
      running.set(job, ended);
    }
    return claimed.length;
  }

  async function run(job: ClaimedJob): Promise<void> {
    const facts = { job: job.name, id: job.id, attempts: job.attempts, company: job.company_id };
    const started = performance.now();
    try {
      await runJob(job, parts);
    } catch (error) {
      if (stopping.signal.aborted) {
        await queue.release(job).catch(() => undefined);
        log.info(facts, 'job handed back');
        return;
      }
      const text = error instanceof Error ? error.message : String(error);
      const outcome = await surely(() => queue.fail(job, text));
      log[outcome === 'failed' ? 'error' : 'warn']({ ...facts, err: error, outcome }, 'job failed');
      return;
    }
    const held = await surely(() => queue.finish(job));
    log[held ? 'info' : 'warn']({ ...facts, ms: Math.round(performance.now() - started), held }, 'job done');
  }

  /** The database may be away for a moment; when it is for longer, the lease ends and the job runs again. */
  async function surely<T>(record: () => Promise<T>): Promise<T | undefined> {
    for (let delay = 50; delay < leaseSeconds * 500; delay *= 2) {
      try {
        return await record();
      } catch (error) {
        log.warn({ err: error }, "a job's end could not be recorded");
        await new Promise((resolve) => setTimeout(resolve, delay));
      }
    }
    return undefined;
  }

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, stopping.signal.aborted ? 0 : ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if ((await take()) === 0 || running.size >= concurrency) await sleep(POLL);
      } catch (error) {
        log.warn({ err: error }, 'the job queue cannot be reached');
        await sleep(10 * POLL);
      }
    }
  }

  async function beat(): Promise<void> {
    try {
      await queue.renew([...running.keys()]);
      const recovered = await queue.recover();
      if (recovered > 0) log.warn({ recovered }, 'the jobs of a dead worker run again');
    } catch (error) {
      log.warn({ err: error }, 'leases could not be renewed');
    }
  }

  let working: Promise<void> = Promise.resolve();
  let heart: NodeJS.Timeout | undefined;
  let unsubscribe: () => void = () => undefined;
  let endNights: () => Promise<void> = async () => undefined;
  return {
    start() {
      heart = setInterval(beat, (leaseSeconds * 1000) / 3);
      let early: NodeJS.Timeout | undefined;
      const look = () => {
        early = undefined;
        wake();
      };
      unsubscribe = events.subscribe(() => {
        if (early === undefined) early = setTimeout(look, LOOK_EARLIER);
      });
      working = beat().then(work);
      endNights = keepNights(queue, parts.jobs, options);
    },
    async stop(patience = 8_000) {
      unsubscribe();
      stopping.abort();
      await endNights();
      wake();
      await working;
      const ended = Promise.allSettled(running.values());
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, patience).unref())]);
      clearInterval(heart);
      await Promise.allSettled([...running.keys()].map((job) => queue.release(job)));
      await queue.close();
    },
    async drain() {
      while ((await take()) > 0 || running.size > 0) await Promise.allSettled(running.values());
    },
  };
}
