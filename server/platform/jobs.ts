import type { Company, CompanyStatements } from '../tenancy/door.ts';
import type { Events } from './events.ts';

/** Work done later, for one company, in the worker. */
export interface Job<Payload extends object = object> {
  /** Unique; by convention `<feature>.<verb>`. */
  name: string;
  /** Run for each company every night, on behalf of nobody, without being enqueued. */
  nightly?: true;
  /** Runs at least once: it must be safe to run again. Throwing has it tried again later. */
  run(company: Company, payload: Payload, signal: AbortSignal, events?: Events): Promise<void>;
}

export interface EnqueueOptions {
  runAt?: Date;
  /** A job with the same key replaces the waiting one. */
  key?: string;
  maxAttempts?: number;
  /** Lower runs first; 0 unless told. */
  priority?: number;
}

/** Adds a job in the caller's transaction: it exists if, and only if, what caused it was committed. */
export async function enqueue<Payload extends object>(
  company: CompanyStatements,
  job: Job<Payload>,
  payload: Payload,
  { runAt, key, maxAttempts = 10, priority = 0 }: EnqueueOptions = {},
): Promise<void> {
  await company.gate('enqueue', [
    job.name,
    JSON.stringify(payload),
    runAt?.toISOString() ?? null,
    key ?? null,
    maxAttempts,
    priority,
  ]);
}

/** Takes back a job that was enqueued under a key, where it has not begun. */
export async function cancelJob(company: CompanyStatements, key: string): Promise<void> {
  await company.gate('cancel_job_by_key', [key]);
}
