import type { FastifyBaseLogger } from 'fastify';
import type { Task } from 'graphile-worker';
import type { Door } from '../tenancy/door.ts';
import type { Events } from './events.ts';
import type { Feature } from './feature.ts';
import type { Job } from './jobs.ts';

interface Envelope {
  company?: string;
  user?: string | null;
  owners?: string;
  data?: object;
}

export interface WorkerParts {
  door: Door;
  events: Events;
  features: readonly Feature[];
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;
}

/** Each feature's jobs as the queue runs them: for the company and with the sight of whoever enqueued them. */
export function tasksOf({ door, events, features, log }: WorkerParts): Record<string, Task> {
  const jobs = features.flatMap((feature) => [...(feature.jobs ?? [])]) as Job[];
  const tasks: Record<string, Task> = {};
  for (const job of jobs) {
    if (tasks[job.name] !== undefined) throw new Error(`two jobs are called ${job.name}`);
    tasks[job.name] = async (payload, { job: { id, attempts }, abortSignal }) => {
      const { company, user = null, owners = '*', data = {} } = payload as Envelope;
      // isolation.md, rule 52: what no company asked for is not run for anybody.
      if (company === undefined) throw new Error(`job ${id} has no company`);
      const started = performance.now();
      const facts = { job: job.name, id, attempts, company };
      try {
        await job.run(
          door.asCompany({
            companyId: company,
            userId: user,
            owners: owners === '*' ? '*' : owners.slice(1, -1).split(','),
            request: { method: 'JOB', path: job.name },
          }),
          data,
          abortSignal ?? new AbortController().signal,
          events,
        );
        log.info({ ...facts, ms: Math.round(performance.now() - started) }, 'job done');
      } catch (error) {
        log.warn({ ...facts, err: error }, 'job failed');
        throw error;
      }
    };
  }
  return tasks;
}
