import type { Door } from '../tenancy/door.ts';
import type { ClaimedJob } from '../tenancy/job-queue.ts';
import type { Events } from './events.ts';
import type { Feature } from './feature.ts';
import type { Job } from './jobs.ts';

/** Every feature's jobs by name. Two of one name are a mistake that must not wait for its first run to be seen. */
export function jobsOf(features: readonly Feature[]): ReadonlyMap<string, Job> {
  const jobs = new Map<string, Job>();
  for (const job of features.flatMap((feature) => [...(feature.jobs ?? [])]) as Job[]) {
    if (jobs.has(job.name)) throw new Error(`two jobs are called ${job.name}`);
    jobs.set(job.name, job);
  }
  return jobs;
}

/** Runs a job for the company, and with the sight, of whoever enqueued it. What its payload says changes neither. */
export async function runJob(
  { company_id, user_id, owners, origin, name, payload }: ClaimedJob,
  { jobs, door, events, signal }: { jobs: ReadonlyMap<string, Job>; door: Door; events: Events; signal: AbortSignal },
): Promise<void> {
  const job = jobs.get(name);
  if (job === undefined) throw new Error(`no feature has a job called ${name}`);
  // isolation.md, rule 52: asCompany throws without a company, and the job with it.
  const company = door.asCompany({
    companyId: company_id,
    userId: user_id,
    owners: owners === '*' ? '*' : owners.slice(1, -1).split(','),
    request: { ...origin, method: 'JOB', path: name },
  });
  await job.run(company, payload, signal, events);
}
