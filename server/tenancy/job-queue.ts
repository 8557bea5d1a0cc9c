import { randomUUID } from 'node:crypto';
import type { RequestOrigin } from './context.ts';
import { createDoor } from './door.ts';
import { connect } from './pool.ts';
import { urlFor } from './roles.ts';

/** A job that a worker holds. */
export interface ClaimedJob {
  company_id: string;
  id: string;
  name: string;
  payload: object;
  user_id: string | null;
  /** '*' or an array literal of user ids, as the context of its enqueue had it. */
  owners: string;
  origin: RequestOrigin | null;
  attempts: number;
}

export interface Claim {
  wanted: number;
  /** Most jobs of one company at once, in all workers together. */
  slots: number;
  /** The company served last: the next one's turn comes first. */
  after: string | null;
}

/** The queue as one worker sees it. */
export interface JobQueue {
  claim(claim: Claim): Promise<ClaimedJob[]>;
  /** False where the job had been given to another worker meanwhile. */
  finish(job: ClaimedJob): Promise<boolean>;
  fail(job: ClaimedJob, error: string): Promise<'scheduled' | 'waiting' | 'failed' | 'superseded' | 'lost'>;
  /** Hands a job back as if it had not been tried. */
  release(job: ClaimedJob): Promise<void>;
  /** Says that this worker still lives and holds these. */
  renew(jobs: readonly ClaimedJob[]): Promise<void>;
  /** Puts the jobs of dead workers back in line; how many there were. */
  recover(): Promise<number>;
  /** Gives each company the next night's job where it has none yet; how many were missing. */
  scheduleNightly(name: string, hour: number): Promise<number>;
  /** Deletes expired sessions and password resets of those who have no company. */
  cleanPlatform(keepDays: number): Promise<void>;
  close(): Promise<void>;
}

/** Logs in as bulkhead_jobs, which can call the queue's functions and read no table. */
export function openJobQueue(adminUrl: string, leaseSeconds: number): JobQueue {
  const worker = randomUUID();
  const door = createDoor(
    connect({ connectionString: urlFor('bulkhead_jobs', adminUrl), max: 3, name: `bulkhead worker ${worker}` }),
  );
  const one = async <T>(name: string, values: readonly unknown[]): Promise<T> => {
    const [row] = await door.gate<Record<string, T>>(name, values);
    return row?.[name] as T;
  };
  return {
    claim: ({ wanted, slots, after }) =>
      door.gate<ClaimedJob>('claim_jobs', [worker, wanted, slots, leaseSeconds, after]),
    finish: (job) => one('finish_job', [worker, job.company_id, job.id]),
    fail: (job, error) => one('fail_job', [worker, job.company_id, job.id, error]),
    release: (job) => one('release_job', [worker, job.company_id, job.id]),
    renew: async (jobs) => {
      if (jobs.length === 0) return;
      const held = jobs.map(({ company_id, id }) => ({ company_id, id }));
      await one('renew_jobs', [worker, leaseSeconds, JSON.stringify(held)]);
    },
    recover: () => one('recover_jobs', []),
    scheduleNightly: (name, hour) => one('schedule_nightly', [name, hour]),
    cleanPlatform: (keepDays) => one('clean_platform', [`${keepDays} days`]),
    close: () => door.close(),
  };
}
