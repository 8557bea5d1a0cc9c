import { defineRule } from '../../rule.ts';
import { byRunning } from './by-running.ts';
import { inQueue } from './in-queue.ts';

export default defineRule({
  number: 52,
  name: 'job-no-tenant',
  severity: 'critical',
  part: 'models',
  title: 'Every job is one company’s, and runs for no other',
  application: async (application, { facts }) => [
    ...(await facts<{ object: string; message: string; mend: string }>(inQueue(application.features))),
    ...(await byRunning(application)),
  ],
});
