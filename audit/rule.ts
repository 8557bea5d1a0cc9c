import type { ClientBase } from 'pg';
import type { Application } from './application/application.ts';
import type { AsMigrated } from './as-migrated.ts';
import { FACTS } from './facts.ts';
import type { Limits } from './limits.ts';

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

/** What the audited database promises. Bulkhead's own is in house.ts; another's is found from its catalog (subject.ts). */
export interface Subject {
  /** Bulkhead holds itself to an exact form; of any other database only that is asked which isolation needs. */
  form: 'bulkhead' | 'any';
  tenantColumn: string;
  /** Tables whose tenant stands in a column of another name: qualified name to column. */
  tenantColumns?: Record<string, string>;
  /** The table whose every row is a tenant, as `name` or `schema.name`; empty where there is none. */
  tenantTable: string;
  /** The column of that table that tenant columns hold. Left out: id. */
  tenantKey?: string;
  /** What tells the tenant of the running transaction, as PostgreSQL writes it; empty where none is known. */
  tenantFunction: string;
  /** The setting that it reads. */
  tenantSetting?: string;
  /** Makes $1, a tenant as text, the tenant of the running transaction. */
  context?: string;
  /** The body that the function must have, if that is known. */
  tenantFunctionBody?: string;
  /** Roles that serve requests. The first is the one that reads and writes tenants' tables. */
  appRoles: string[];
  ownerRole?: string;
  gateRole?: string;
  /** Left out: the auditor looks as whoever logged in. */
  auditorRole?: string;
  /** Table to kind. Undefined for a database that declares nothing: then the tenant column tells. */
  tables?: Record<string, 'company' | 'global'>;
  /** Tables that belong to no tenant, each with its reason; for a database that declares nothing else. */
  globalTables?: Record<string, string>;
  /** Table to the columns that point at its users, by foreign key. */
  ownerColumns?: Record<string, string[]>;
  /** SECURITY DEFINER functions that may be there, each with its reason. */
  gates: Record<string, string>;
  /** What its functions and visibility policies say, where that is known to the letter. */
  asMigrated?: AsMigrated;
  /** Schemas that hold no tenant's tables and are out of reach of requests, each with its reason. */
  otherSchemas: Record<string, string>;
  /** Columns that the database fills in, and no request. */
  filledColumns: string[];
  /** Tables to which requests may add at most. */
  appendOnly: string[];
  /** By major version, the first minor version without a known hole in row-level security. */
  fixedMinor: Record<string, number>;
  /**
   * Columns that hold another table's ids without a foreign key: qualified table, column, qualified table, or null where
   * they are ids of nothing here; `where` says in SQL of which rows, where a type stands beside the id.
   */
  softReferences?: { table: string; column: string; references: string | null; where?: string }[];
  /** Tenant to texts that only its own rows hold. */
  canaries?: Record<string, string[]>;
}

/** What a rule says that could not look at everything, or that had nothing to look at. */
export interface Look {
  findings: Finding[];
  /** What was not looked at, and why. */
  unchecked?: string;
  /** Why the rule means nothing here. */
  inapplicable?: string;
}

export interface Auditor {
  readonly client: ClientBase;
  readonly subject: Subject;
  readonly limits: Limits;
  /** PostgreSQL's major version. */
  readonly major: number;
  /** The application over the database, where that is Bulkhead and runs from here: another database comes without. */
  readonly application?: Application | undefined;
  /** Runs a query over the facts (see facts.ts). */
  facts<Row extends object>(sql: string): Promise<Row[]>;
  /**
   * Ends the transaction and begins another, between batches so that a long look keeps no dead rows alive, and after an
   * error. Not there where the transaction is the caller's.
   */
  readonly breathe?: () => Promise<void>;
}

export interface Rule {
  number: number;
  name: string;
  severity: Severity;
  part: Part;
  /** What holds when there is no finding. */
  title: string;
  /** Why databases other than Bulkhead's own are not held to it. */
  houseOnly?: string;
  /** It asks what the roles that serve requests may do: where none is known, it cannot pass. */
  asksRoles?: true;
  /** What it looks at, besides the database that everything is about. */
  needs?: 'application';
  check(auditor: Auditor): Promise<Finding[] | Look>;
}

type LookAt = (application: Application, auditor: Auditor) => Promise<Finding[] | Look>;
type Definition = Omit<Rule, 'check' | 'needs'> & ({ sql: string } | { application: LookAt } | Pick<Rule, 'check'>);

/**
 * A rule is a query over the facts with the columns object, message and mend, a function where that is not enough, or a
 * look at the application.
 */
export function defineRule(definition: Definition): Rule {
  if ('sql' in definition) {
    const { sql, ...rule } = definition;
    const find = (auditor: Auditor) => auditor.facts<Finding>(sql);
    if (rule.asksRoles !== true) return { ...rule, check: find };
    return { ...rule, check: async (auditor) => ({ findings: await find(auditor), ...(await withoutRoles(auditor)) }) };
  }
  if (!('application' in definition)) return definition;
  const { application: look, ...rule } = definition;
  return {
    houseOnly: 'it looks at the application, and only Bulkhead’s own is known',
    ...rule,
    needs: 'application',
    check: async (auditor) =>
      auditor.application === undefined
        ? { findings: [], unchecked: 'it looks at the application, which was not opened' }
        : look(auditor.application, auditor),
  };
}

/** Why a question about the roles that serve requests has no answer, or nothing. */
export async function withoutRoles({ facts, subject }: Auditor): Promise<{ unchecked?: string }> {
  if (subject.appRoles.length === 0) return { unchecked: 'no role is known that serves requests: name it as appRoles' };
  const [bound] = await facts<{ rolname: string }>('select rolname from app_roles limit 1');
  return bound === undefined
    ? { unchecked: `${subject.appRoles.join(', ')} serves requests as a superuser, whom no right binds (rule 12)` }
    : {};
}

interface AuditorOptions {
  limits?: Limits;
  application?: Application | undefined;
  breathe?: () => Promise<void>;
}

export async function auditorOf(
  client: ClientBase,
  subject: Subject,
  { limits = {}, application, breathe }: AuditorOptions = {},
): Promise<Auditor> {
  const json = JSON.stringify(subject);
  const { rows } = await client.query<{ major: number }>(
    `select current_setting('server_version_num')::int / 10000 as major`,
  );
  return {
    client,
    subject,
    limits,
    application,
    ...(breathe === undefined ? {} : { breathe }),
    major: rows[0]?.major ?? 0,
    facts: async <Row extends object>(sql: string) => (await client.query<Row>(`${FACTS}\n${sql}`, [json])).rows,
  };
}
