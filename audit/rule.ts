import type { ClientBase } from 'pg';
import { FACTS } from './facts.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** The parts of a report, in its order. */
export const PARTS = ['schema', 'data', 'leaks', 'keys', 'distribution', 'models', 'api'] as const;
export type Part = (typeof PARTS)[number];

export interface Finding {
  /** What is wrong: a table, policy, function, role. */
  object: string;
  message: string;
  /** The SQL that puts it right; a comment where only a person can. */
  mend: string;
}

/** What the audited database promises. Bulkhead's own is in house.ts; another database may promise less. */
export interface Subject {
  tenantColumn: string;
  /** The table whose every row is a tenant. */
  tenantTable: string;
  /** The function that tells the tenant of the running transaction, as PostgreSQL writes it. */
  tenantFunction: string;
  /** The body that the function must have, if that is known. */
  tenantFunctionBody?: string;
  /** Roles that serve requests. The first is the one that reads and writes tenants' tables. */
  appRoles: string[];
  ownerRole: string;
  gateRole: string;
  auditorRole: string;
  /** Table to kind. Undefined for a database that declares nothing: then the tenant column tells. */
  tables?: Record<string, 'company' | 'global'>;
  /** SECURITY DEFINER functions that may be there, each with its reason. */
  gates: Record<string, string>;
  /** Schemas that hold no tenant's tables, each with its reason. */
  otherSchemas: Record<string, string>;
  /** Columns that the database fills in, and no request. */
  filledColumns: string[];
  /** Tables to which requests may add at most. */
  appendOnly: string[];
  /** By major version, the first minor version without a known hole in row-level security. */
  fixedMinor: Record<string, number>;
}

export interface Auditor {
  readonly client: ClientBase;
  readonly subject: Subject;
  /** Runs a query over the facts (see facts.ts). */
  facts<Row extends object>(sql: string): Promise<Row[]>;
}

export interface Rule {
  number: number;
  name: string;
  severity: Severity;
  part: Part;
  /** What holds when there is no finding. */
  title: string;
  check(auditor: Auditor): Promise<Finding[]>;
}

type Definition = Omit<Rule, 'check'> & ({ sql: string } | Pick<Rule, 'check'>);

/** A rule is a query over the facts with the columns object, message and mend, or a function where that is not enough. */
export function defineRule(definition: Definition): Rule {
  if (!('sql' in definition)) return definition;
  const { sql, ...rule } = definition;
  return { ...rule, check: (auditor) => auditor.facts<Finding>(sql) };
}

export function auditorOf(client: ClientBase, subject: Subject): Auditor {
  const json = JSON.stringify(subject);
  return {
    client,
    subject,
    facts: async <Row extends object>(sql: string) => (await client.query<Row>(`${FACTS}\n${sql}`, [json])).rows,
  };
}
