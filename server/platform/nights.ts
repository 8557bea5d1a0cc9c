import type { FastifyBaseLogger } from 'fastify';
import type { JobQueue } from '../tenancy/job-queue.ts';
import type { Job } from './jobs.ts';

export interface NightOptions {
  night?: number;
  keepSessions?: number;
  log?: Pick<FastifyBaseLogger, 'info' | 'warn'>;
}

/** Milliseconds between two looks at who has no job for the next night: a new company, or one whose job is done. */
const LOOK = 3_600_000;

/**
 * Sees to it that every company has its nightly jobs, as long as this worker runs; any number of workers may. What
 * belongs to no company is cleaned up on the way.
 * @returns how to stop, once what is under way is over
 */
export function keepNights(
  queue: JobQueue,
  jobs: ReadonlyMap<string, Job>,
  { night = 1, keepSessions = 30, log }: NightOptions,
): () => Promise<void> {
  const nightly = [...jobs.values()].filter((job) => job.nightly);
  if (nightly.length === 0) return async () => undefined;

  async function look(): Promise<void> {
    try {
      for (const { name } of nightly) {
        const made = await queue.scheduleNightly(name, night);
        if (made > 0) log?.info({ job: name, made }, 'nightly jobs scheduled');
      }
      await queue.cleanPlatform(keepSessions);
    } catch (error) {
      log?.warn({ err: error }, 'nightly jobs could not be scheduled');
    }
  }

  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, LOOK);
  return async () => {
    clearInterval(timer);
    await looking;
  };
}
