import { setTimeout as rest } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import type { Application } from './application/application.ts';
import { discoverRules, examine, posture } from './inspect.ts';
import type { Limits } from './limits.ts';
import type { AuditResult, Outcome, Understanding } from './result.ts';
import { auditorOf, type Subject } from './rule.ts';

export interface AuditOptions {
  subject: Subject;
  /** How the subject came about, for the report. */
  understood?: Understanding[];
  limits?: Limits;
  /** Bulkhead's own, for the rules about models, routes, jobs, files, caches and sockets. */
  application?: Application | undefined;
  /** Told before each rule is begun, and how far it is through a large table. */
  onProgress?: (progress: { done: number; of: number; rule: string }) => void;
}

/** Audits the database at the other end of the connection, which it reads only. */
export async function audit(
  client: ClientBase,
  { subject, understood = [], limits = {}, application, onProgress }: AuditOptions,
): Promise<AuditResult> {
  const startedAt = new Date().toISOString();
  const rules = await discoverRules();
  const outcomes: Outcome[] = [];
  const begin = () => client.query(`begin; ${posture(client, subject, limits)}`);
  let current = '';
  /** When it last began to work. */
  let worked = performance.now();
  const tell = (rule: string) => onProgress?.({ done: outcomes.length, of: rules.length, rule });
  const auditor = await auditorOf(client, subject, {
    limits: {
      ...limits,
      onRows: (progress) => {
        limits.onRows?.(progress);
        tell(`${current}: ${progress.done} of about ${progress.of} rows of ${progress.table}`);
      },
    },
    application,
    breathe: async () => {
      await client.query('rollback');
      if (limits.pace !== undefined) await rest(((performance.now() - worked) * (100 - limits.pace)) / limits.pace);
      worked = performance.now();
      await begin();
    },
  });
  try {
    for (const rule of rules) {
      current = rule.name;
      tell(current);
      const begun = performance.now();
      worked = performance.now();
      await begin();
      const seen = await examine(auditor, rule);
      await client.query('rollback');
      const { number, name, severity, part, title } = rule;
      outcomes.push({
        rule: { number, name, severity, part, title },
        ...seen,
        milliseconds: Math.round(performance.now() - begun),
      });
    }
  } finally {
    await client.query('rollback');
  }
  return {
    format: 'bulkhead-audit/1',
    startedAt,
    finishedAt: new Date().toISOString(),
    database: await describe(client, subject),
    understood,
    outcomes,
    distribution: [],
  };
}

async function describe(client: ClientBase, subject: Subject): Promise<AuditResult['database']> {
  const { facts } = await auditorOf(client, subject);
  const [found] = await facts<{ name: string; version: string; tables: number }>(
    `select current_database() as name, current_setting('server_version') as version, (select count(*)::int from tables) as tables`,
  );
  const { name = '', version: serverVersion = '', tables = 0 } = found ?? {};
  const { tenantTable, tenantColumn } = subject;
  return { name, serverVersion, tenantTable, tenantColumn, tables };
}
