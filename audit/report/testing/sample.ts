import type { AuditResult, Outcome } from '../../result.ts';

export const SAMPLE_COMPANY = '0199a000-0000-7000-8000-00000000000a';
export const OTHER_COMPANY = '0199a000-0000-7000-8000-00000000000b';

const outcome = (
  number: number,
  name: string,
  severity: Outcome['rule']['severity'],
  part: Outcome['rule']['part'],
  more: Partial<Outcome> = {},
): Outcome => ({
  rule: { number, name, severity, part, title: `What ${name} says holds` },
  outcome: 'passed',
  findings: [],
  milliseconds: 12,
  ...more,
});

/** A run in which everything that can come of a rule came of one; its names try to break out of every format. */
export const sample = (): AuditResult => ({
  format: 'bulkhead-audit/1',
  startedAt: '2026-11-21T15:00:00.000Z',
  finishedAt: '2026-11-21T15:00:03.500Z',
  database: { name: 'crm', serverVersion: '18.1', tenantTable: 'companies', tenantColumn: 'company_id', tables: 47 },
  understood: [{ about: 'tenants', how: 'found', what: 'companies are the tenants, by company_id' }],
  outcomes: [
    outcome(1, 'tenant-col-missing', 'critical', 'schema'),
    outcome(2, 'tenant-col-nullable', 'critical', 'schema', {
      outcome: 'failed',
      findings: [
        {
          object: 'public."</script><b>|x`\u0007"',
          message: 'its rows need not belong to a company ]]> & "so"',
          mend: 'alter table "</script><b>|x`" alter column company_id set not null;\n-- ```',
        },
        { object: 'public.calls', message: 'its rows need not belong to a company', mend: 'alter table calls ...' },
      ],
    }),
    outcome(25, 'seq-select', 'low', 'schema', {
      outcome: 'failed',
      findings: [{ object: 'public.numbers_id_seq', message: 'can be read', mend: 'revoke select on sequence ...' }],
    }),
    outcome(36, 'cross-ref', 'critical', 'data', {
      outcome: 'not checked',
      reason: 'rows of Sunstone are hidden: permission denied',
    }),
    outcome(41, 'unique-global', 'high', 'keys'),
    outcome(48, 'raw-sql', 'high', 'models', { outcome: 'not applicable', reason: 'there is no source here' }),
  ],
  distribution: [
    { table: 'public.contacts', rows: { [SAMPLE_COMPANY]: 26, [OTHER_COMPANY]: 13 } },
    { table: 'public.deals', rows: { [SAMPLE_COMPANY]: 4, [OTHER_COMPANY]: 96, '': 1 } },
    { table: 'public.workflows', rows: { [OTHER_COMPANY]: 31 } },
    { table: 'public.events', rows: {}, uncounted: 'counting took too long' },
  ],
  tenantNames: { [SAMPLE_COMPANY]: 'nadan', [OTHER_COMPANY]: 'Sunstone' },
});
