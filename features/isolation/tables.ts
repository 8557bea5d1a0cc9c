import { globalTable } from '../../server/tenancy/ownership.ts';

globalTable(
  'audit_runs',
  'Runs of the auditor look at all companies together; each is shown what concerns it through a gate.',
);
globalTable('audit_schedule', 'When the auditor runs: one row, of the installation.');
globalTable(
  'probe_runs',
  'Runs of the probe attack two companies of their own; what they found is the platform’s business.',
);
globalTable('probe_schedule', 'When the probe runs: one row, of the installation.');
