import { sendMail } from '../../../../server/platform/mail/job.ts';
import type { World } from '../../../../test/harness.ts';

interface Waiting {
  id: number;
  company: string;
  task: string;
  payload: { sealed: string };
}

/** Keeps what is queued in a table, so that a test runs each job when it wants to, once or twice. */
export async function keepQueue(world: World): Promise<void> {
  await world.admin.query(`
    create table public.kept_jobs (id serial primary key, company uuid, task text, payload jsonb);
    grant all on public.kept_jobs to bulkhead_gate;
    grant usage on sequence public.kept_jobs_id_seq to bulkhead_gate;
    create or replace function gate.enqueue(task text, payload jsonb, run_at timestamptz, job_key text, max_attempts int, priority int)
    returns void language sql security definer set search_path = pg_catalog, public, pg_temp
    as $$ insert into kept_jobs (company, task, payload) values (app.cid(), task, payload) $$;
    alter function gate.enqueue(text, jsonb, timestamptz, text, int, int) owner to bulkhead_gate;
    grant execute on function gate.enqueue(text, jsonb, timestamptz, text, int, int) to bulkhead_app`);
}

export const waitingJobs = async (world: World): Promise<Waiting[]> =>
  (await world.admin.query('select * from kept_jobs order by id')).rows;

/** Runs the letters that wait, as the worker does. */
export async function sendLetters(world: World): Promise<void> {
  for (const { id, company, payload } of await waitingJobs(world)) {
    const context = { companyId: company, userId: null, owners: '*' } as const;
    await sendMail.run(world.door.asCompany(context), payload, AbortSignal.timeout(10_000));
    await world.admin.query('delete from kept_jobs where id = $1', [id]);
  }
}
