import type { ClientBase } from 'pg';
import type { Application } from './application/application.ts';
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
  /** The application over the database, where that is Bulkhead and runs from here: another database comes without. */
  readonly application?: Application | undefined;
  /** Runs a query over the facts (see facts.ts). */
  facts<Row extends object>(sql: string): Promise<Row[]>;
}

/** Thrown by a check that could not look, or not at everything; what it found all the same is found. */
export class NotChecked extends Error {
  constructor(
    reason: string,
    readonly findings: Finding[] = [],
  ) {
    super(reason);
  }
}

export interface Rule {
  number: number;
  name: string;
  severity: Severity;
  part: Part;
  /** What holds when there is no finding. */
  title: string;
  /** What it looks at, besides the database that everything is about. */
  needs?: 'application';
  check(auditor: Auditor): Promise<Finding[]>;
}

type Look = (application: Application, auditor: Auditor) => Promise<Finding[]>;
type Definition = Omit<Rule, 'check' | 'needs'> & ({ sql: string } | { application: Look } | Pick<Rule, 'check'>);

/**
 * A rule is a query over the facts with the columns object, message and mend, a function where that is not enough, or a
 * look at the application.
 */
export function defineRule(definition: Definition): Rule {
  if ('sql' in definition) {
    const { sql, ...rule } = definition;
    return { ...rule, check: (auditor) => auditor.facts<Finding>(sql) };
  }
  if (!('application' in definition)) return definition;
  const { application: look, ...rule } = definition;
  return {
    ...rule,
    needs: 'application',
    check: async (auditor) => {
      if (auditor.application === undefined) throw new NotChecked(NO_APPLICATION);
      return look(auditor.application, auditor);
    },
  };
}

const NO_APPLICATION =
  'it looks at the application, and only Bulkhead’s own is known: run it where Bulkhead is installed';

export function auditorOf(client: ClientBase, subject: Subject, application?: Application): Auditor {
  const json = JSON.stringify(subject);
  return {
    client,
    subject,
    application,
    facts: async <Row extends object>(sql: string) => (await client.query<Row>(`${FACTS}\n${sql}`, [json])).rows,
  };
}
