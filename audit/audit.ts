import type { ClientBase } from 'pg';
import type { Application } from './application/application.ts';
import { discoverRules, inspect } from './inspect.ts';
import type { AuditResult, Outcome } from './result.ts';
import type { Subject } from './rule.ts';

export interface AuditOptions {
  subject: Subject;
  /** Bulkhead's own, for the rules about models, routes, jobs, files, cache and realtime. */
  application?: Application | undefined;
  /** Told before each rule is begun. */
  onProgress?: (progress: { done: number; of: number; rule: string }) => void;
}

/** Audits the database at the other end of the connection, which it reads only. */
export async function audit(
  client: ClientBase,
  { subject, application, onProgress }: AuditOptions,
): Promise<AuditResult> {
  const startedAt = new Date().toISOString();
  const rules = await discoverRules();
  const outcomes: Outcome[] = [];
  await client.query('begin');
  try {
    for (const rule of rules) {
      onProgress?.({ done: outcomes.length, of: rules.length, rule: rule.name });
      const begun = performance.now();
      let reason: string | undefined;
      const findings = await inspect(client, subject, [rule], {
        application,
        onNotChecked: (_, why) => {
          reason = why;
        },
      });
      const { number, name, severity, part, title } = rule;
      outcomes.push({
        rule: { number, name, severity, part, title },
        outcome: findings.length > 0 ? 'failed' : reason === undefined ? 'passed' : 'not checked',
        findings: findings.map(({ object, message, mend }) => ({ object, message, mend })),
        ...(reason === undefined ? {} : { reason }),
        milliseconds: Math.round(performance.now() - begun),
      });
    }
    const { rows } = await client.query<{ name: string; version: string }>(
      `select current_database() as name, current_setting('server_version') as version`,
    );
    const { name = '', version: serverVersion = '' } = rows[0] ?? {};
    const { tenantTable, tenantColumn, tables = {} } = subject;
    return {
      format: 'bulkhead-audit/1',
      startedAt,
      finishedAt: new Date().toISOString(),
      database: { name, serverVersion, tenantTable, tenantColumn, tables: Object.keys(tables).length },
      outcomes,
      distribution: [],
    };
  } finally {
    await client.query('rollback');
  }
}
