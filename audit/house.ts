import '../server/app.ts';
import { discoverFeatures } from '../server/discover.ts';
import { gates } from '../server/tenancy/gates.ts';
import { declaredTables } from '../server/tenancy/ownership.ts';
import type { Subject } from './rule.ts';

/** What Bulkhead promises of its own database. */
export async function bulkhead(): Promise<Subject> {
  // The platform declares its tables as the app is loaded, each feature as it is.
  await discoverFeatures();
  return {
    tenantColumn: 'company_id',
    tenantTable: 'companies',
    tenantFunction: 'app.cid()',
    tenantFunctionBody: "select nullif(current_setting('app.company_id', true), '')::uuid",
    appRoles: ['bulkhead_app', 'bulkhead_jobs'],
    ownerRole: 'bulkhead_owner',
    gateRole: 'bulkhead_gate',
    auditorRole: 'bulkhead_auditor',
    tables: Object.fromEntries([...declaredTables()].map(([name, { kind }]) => [name, kind])),
    gates,
    otherSchemas: { migrations: 'which migrations were applied' },
    filledColumns: ['company_id', 'id', 'created_at', 'updated_at', 'version'],
    appendOnly: ['audit_logs', 'security_logs', 'deal_stage_history'],
    // CVE-2023-2455, CVE-2023-39418, CVE-2024-10976 and CVE-2025-8713 let rows or statistics past policies.
    fixedMinor: { 15: 14, 16: 10, 17: 6, 18: 0 },
  };
}
