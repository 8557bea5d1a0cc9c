import '../server/app.ts';
import { discoverFeatures } from '../server/discover.ts';
import { gates } from '../server/tenancy/gates.ts';
import { declaredTables } from '../server/tenancy/ownership.ts';
import asMigrated from './as-migrated.json' with { type: 'json' };
import { fixedMinor } from './fixed-minor.ts';
import type { Subject } from './rule.ts';

/** What Bulkhead promises of its own database. */
export async function bulkhead(): Promise<Subject> {
  // The platform declares its tables as the app is loaded, each feature as it is.
  await discoverFeatures();
  return {
    form: 'bulkhead',
    tenantColumn: 'company_id',
    tenantTable: 'companies',
    tenantFunction: 'app.cid()',
    tenantSetting: 'app.company_id',
    context: `select set_config('app.company_id', $1, true)`,
    tenantFunctionBody: "select nullif(current_setting('app.company_id', true), '')::uuid",
    appRoles: ['bulkhead_app', 'bulkhead_jobs'],
    ownerRole: 'bulkhead_owner',
    gateRole: 'bulkhead_gate',
    auditorRole: 'bulkhead_auditor',
    tables: Object.fromEntries([...declaredTables()].map(([name, { kind }]) => [name, kind])),
    gates,
    asMigrated,
    otherSchemas: { migrations: 'which migrations were applied' },
    filledColumns: ['company_id', 'id', 'created_at', 'updated_at', 'version'],
    appendOnly: ['audit_logs', 'security_logs', 'deal_stage_history'],
    fixedMinor,
  };
}
