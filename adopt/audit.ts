import type { Client } from 'pg';
import { audit } from '../audit/audit.ts';
import type { AuditConfig } from '../audit/config.ts';
import { type Report, reportOf } from '../audit/report/report.ts';
import type { Waiver } from '../audit/report/waivers.ts';
import { subjectOf } from '../audit/subject.ts';
import type { Decisions, Plan } from './plan.ts';
import { ident } from './sql.ts';

export interface AuditAdoptedOptions {
  waivers?: readonly Waiver[] | undefined;
  onProgress?: ((progress: { done: number; of: number; rule: string }) => void) | undefined;
}

/** What is left to the application, by what adoption does not touch. */
export interface Remaining {
  rule: number;
  object: string;
  /** Why adoption left it as it was; undefined for what it has nothing to do with. */
  why: string | undefined;
}

/**
 * Audits the adopted database by every rule that is for databases other than Bulkhead's own. What the plan says need not
 * be found out, and what a person decided there is no finding any more. The client must be in no transaction.
 */
export async function auditAdopted(
  client: Client,
  { decisions, made_at }: Plan,
  { waivers = [], onProgress }: AuditAdoptedOptions = {},
): Promise<Report> {
  const known = await subjectOf(client, configOf(decisions));
  const result = await audit(client, { ...known, ...(onProgress && { onProgress }) });
  return reportOf(result, { waivers: [...decided(decisions, made_at), ...waivers] });
}

function configOf({ tenant, tables, app_role }: Decisions): AuditConfig {
  const shared = Object.entries(tables).filter(([, { class: kind }]) => kind === 'global');
  return {
    tenant: {
      column: tenant.column,
      table: plain(tenant.table),
      key: tenant.key,
      function: `${ident(tenant.schema)}.cid()`,
      setting: tenant.setting,
    },
    appRoles: [app_role],
    global: Object.fromEntries(shared.map(([name, { why }]) => [plain(name), why])),
    ignoredSchemas: { bulkhead_adopt: 'the ledger of the adoption, on which nobody but its owner has rights' },
  };
}

/** Keys that stay unique over all tenants because somebody wrote so into the plan: by itself it gives each tenant its own. */
function decided({ tables }: Decisions, madeAt: string): Waiver[] {
  const kept = Object.entries(tables).flatMap(([table, { unique = [] }]) =>
    unique.filter(({ scope }) => scope === 'global').map(({ index }) => `${table}: ${index}`),
  );
  return kept.map((object) => ({
    rule: 41,
    object,
    reason: 'The plan leaves this key unique over all tenants (scope: global).',
    owner: `the plan of ${madeAt.slice(0, 10)}`,
    expires: '9999-12-31',
  }));
}

/** The auditor writes names without quotes. */
const plain = (name: string): string => name.replaceAll('"', '');

const LEFT: Record<string, string> = {
  p: 'Primary keys stay as they are, for the application names its rows by them. Ids that a server or chance gives tell nobody anything; these can be guessed.',
  x: 'Exclusion constraints stay as they are, for PostgreSQL can build none beside the running load.',
};

const SETS_NULL =
  'Before PostgreSQL 15 a key with the tenant in it would empty that too: this one stays to set null, and the one beside it carries the tenant.';

/** The findings that nobody accepted, each with the reason for which adoption left it. */
export async function remaining(client: Client, { outcomes, database }: Report): Promise<Remaining[]> {
  const found = outcomes.flatMap(({ rule, findings }) =>
    findings.filter(({ waived }) => waived === undefined).map(({ object }) => ({ rule: rule.number, object })),
  );
  const { rows } = await client.query<{ object: string; kind: string }>(
    `select format('%I.%I: %s', n.nspname, c.relname, k.conname) as object, k.contype as kind
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype in ('p', 'x')`,
  );
  const early = Number.parseInt(database.serverVersion, 10) < 15;
  const kinds = new Map(rows.map(({ object, kind }) => [object, kind]));
  return found.map(({ rule, object }) => ({
    rule,
    object,
    why: rule === 41 ? LEFT[kinds.get(object) ?? ''] : rule === 39 && early ? SETS_NULL : undefined,
  }));
}
