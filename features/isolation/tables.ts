import { globalTable } from '../../server/tenancy/ownership.ts';

globalTable(
  'audit_runs',
  'Runs of the auditor look at all companies together; each is shown what concerns it through a gate.',
);
globalTable('audit_schedule', 'When the auditor runs: one row, of the installation.');
