import type { Finding, Part, Severity } from './rule.ts';

/** What a run of the auditor says. It is written as it is in the JSON report: times are ISO 8601 in UTC. */
export interface AuditResult {
  format: 'bulkhead-audit/1';
  startedAt: string;
  finishedAt: string;
  database: { name: string; serverVersion: string; tenantTable: string; tenantColumn: string; tables: number };
  /** How the database was understood: what was given, found or left open. */
  understood: Understanding[];
  /** One for each rule, sorted by number. */
  outcomes: Outcome[];
  /** Rows of each tenant in each of its tables, where they were asked for. */
  distribution: Distribution[];
  /** Names of tenants, where their table has such a column. */
  tenantNames?: Record<string, string>;
}

export interface Outcome {
  rule: { number: number; name: string; severity: Severity; part: Part; title: string };
  /** Passed only where everything that the rule looks at was looked at; not applicable where it means nothing here. */
  outcome: 'passed' | 'failed' | 'not checked' | 'not applicable';
  findings: Finding[];
  /** Why it could not be checked, or not wholly, or does not apply. */
  reason?: string;
  /** What was not looked at where something was found all the same: no waiver of what was found accepts it. */
  unchecked?: string;
  milliseconds: number;
}

export interface Distribution {
  table: string;
  /** Tenant to its rows; those that belong to none stand under the empty text. */
  rows: Record<string, number>;
  /** From a sample, for the table is large. */
  estimated?: true;
  /** Only the tenants with the most rows are told. */
  cut?: true;
  /** Why its rows could not be counted; there are none then. */
  uncounted?: string;
}

export interface Understanding {
  about: 'tenants' | 'tables' | 'roles' | 'context' | 'users' | 'references';
  how: 'given' | 'found' | 'ambiguous' | 'unknown';
  what: string;
}
