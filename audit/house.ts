import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import '../server/app.ts';
import { projectRoot } from '../server/platform/project-root.ts';
import { gates } from '../server/tenancy/gates.ts';
import { declaredTables } from '../server/tenancy/ownership.ts';
import type { Subject } from './rule.ts';

/** What Bulkhead promises of its own database. */
export async function bulkhead(): Promise<Subject> {
  await declareTables();
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

/** The platform declares its tables as the app is loaded, each feature in its folder. */
async function declareTables(): Promise<void> {
  const features = join(projectRoot, 'features');
  for (const name of readdirSync(features)) {
    const file = join(features, name, 'tables.ts');
    if (existsSync(file)) await import(pathToFileURL(file).href);
  }
}
