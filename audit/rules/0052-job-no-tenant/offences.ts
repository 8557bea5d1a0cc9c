import type { FastifyInstance } from 'fastify';
import type { Job } from '../../../server/platform/jobs.ts';
import { onlyJobs } from '../../mutation/leaky.ts';
import { asGate, defineOffences } from '../../mutation/offence.ts';

type Named = { company_id?: string };
const NOBODY = '00000000-0000-7000-8000-000000000001';
let app: Pick<FastifyInstance, 'door'>;
const job = (run: (...args: Parameters<Job['run']>) => unknown): Job[] => [
  { name: 'leaky.run', run: async (...args) => void (await run(...args)) },
];
const enqueued = (name: string, payload: string) =>
  `insert into jobs (company_id, name, payload) select id, '${name}', '${payload}' from companies limit 1`;

export default defineOffences([
  {
    what: 'a queue that takes jobs of nobody',
    sql: 'alter table jobs drop constraint jobs_pkey; alter table jobs alter column company_id drop not null',
    also: [46],
  },
  {
    what: 'a job whose payload names another company',
    sql: enqueued('imports.drop_uploads', `{"company_id": "${NOBODY}"}`),
  },
  { what: 'a job that no feature runs', sql: enqueued('contacts.forgotten', '{}') },
  {
    what: 'a function that enqueues for whichever company it is told',
    sql: asGate(`create function gate.enqueue_for(company uuid, task text) returns void language sql security definer
      set search_path = pg_catalog, public, pg_temp as 'insert into jobs (company_id, name) values (company, task)';
      grant execute on function gate.enqueue_for to bulkhead_app`),
    byPerson: true,
  },
  {
    what: 'a job that opens the door of the company in its payload',
    application: onlyJobs(
      job((_company, payload) =>
        app.door.asCompany({ companyId: (payload as Named).company_id ?? '', userId: null, owners: '*' }),
      ),
      async (opened) => {
        app = opened;
      },
    ),
  },
  {
    what: 'a job that asks a gate for the company in its payload',
    application: onlyJobs(job((company, payload) => company.gate('figures', [(payload as Named).company_id]))),
  },
  {
    what: 'a job that publishes for the company in its payload',
    application: onlyJobs(
      job((_company, payload, _signal, events) =>
        events?.publish({
          companyId: (payload as Named).company_id ?? '',
          table: 'contacts',
          id: 'x',
          action: 'updated',
        }),
      ),
    ),
  },
  {
    what: 'a worker that lets the payload say whose a job is',
    application: ({ runJob }) => ({
      runJob: (claimed, parts) =>
        runJob({ ...claimed, company_id: (claimed.payload as Named).company_id ?? claimed.company_id }, parts),
    }),
  },
  {
    what: 'a worker that falls back to a company',
    application: ({ runJob }) => ({
      runJob: (claimed, parts) =>
        runJob({ ...claimed, company_id: claimed.company_id || NOBODY }, parts).catch(() => undefined),
    }),
  },
]);
