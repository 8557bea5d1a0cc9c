import { jobsOf } from '../../../server/platform/job-run.ts';
import type { ClaimedJob } from '../../../server/tenancy/job-queue.ts';
import type { Application } from '../../application/application.ts';
import { FOREIGN, OWN } from '../../application/knock.ts';
import type { Finding } from '../../rule.ts';

const ID = '01900000-0000-7000-8000-000000000001';
/** Every way in which a payload could name another company, beside ids of records that are not there. */
const PAYLOAD = {
  ...Object.fromEntries(['company_id', 'companyId', 'company', 'tenant_id', 'tenantId'].map((name) => [name, FOREIGN])),
  ...Object.fromEntries(
    ['id', 'import_id', 'activity_id', 'invitation_id', 'contact_id', 'user_id'].map((name) => [name, ID]),
  ),
};

/** Runs every job over a door behind which there is nothing: without a company, and with a payload that names another. */
export async function byRunning(application: Application): Promise<Finding[]> {
  const { features, listening, runJob, events, hear } = application;
  const jobs = jobsOf(features);
  const findings: Finding[] = [];
  const run = (claimed: ClaimedJob) =>
    runJob(claimed, { jobs, door: listening.door, events, signal: new AbortController().signal });

  for (const name of jobs.keys()) {
    const claimed: ClaimedJob = {
      ...{ company_id: OWN, id: ID, name, payload: PAYLOAD, user_id: null, owners: '*', origin: null, attempts: 1 },
    };
    const heard = await hear(() => run(claimed).catch(() => undefined));
    const other = [
      ...heard.companies,
      ...heard.gates.map(({ companyId }) => companyId),
      ...heard.published.map((message) => ('companyId' in message ? message.companyId : OWN)),
    ].some((id) => id !== OWN);
    if (other || heard.gates.some(({ values }) => values.includes(FOREIGN)))
      findings.push(finding(name, 'works for the company that its payload names'));
    for (const nobody of [undefined, null, ''] as unknown as string[]) {
      const refused = await run({ ...claimed, company_id: nobody }).then(
        () => false,
        () => true,
      );
      if (refused) continue;
      findings.push(finding(name, 'runs without a company'));
      break;
    }
  }
  return findings;
}

const finding = (name: string, message: string): Finding => ({
  object: `job ${name}`,
  message,
  mend: '-- features/<noun>/server/jobs.ts: work with the company that run() is handed; the payload says only which record',
});
