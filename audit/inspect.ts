import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { importEach } from '../server/platform/import-each.ts';
import type { Application } from './application/application.ts';
import { auditorOf, type Finding, NotChecked, type Rule, type Subject } from './rule.ts';

export interface RuledFinding extends Finding {
  rule: Rule;
}

interface More {
  application?: Application | undefined;
  /** Told of a rule that could not look, or not at everything. */
  onNotChecked?: (rule: Rule, reason: string) => void;
}

/** Every rule, found by its folder and sorted by number. */
export const discoverRules = (): Promise<Rule[]> => importEach<Rule>('audit/rules', (name) => join(name, 'rule.ts'));

/**
 * Goes through the live database by every rule, as the auditor's role, reading only; the connection's transaction, which
 * the caller has begun, is left as it was. The caller must be that role or able to become it.
 */
export async function inspect(
  client: ClientBase,
  subject: Subject,
  rules: readonly Rule[],
  { application, onNotChecked }: More = {},
): Promise<RuledFinding[]> {
  const findings: RuledFinding[] = [];
  const auditor = auditorOf(client, subject, application);
  await client.query(`
    savepoint inspect;
    set local role ${client.escapeIdentifier(subject.auditorRole)};
    set transaction read only;
    set local search_path = pg_catalog;
    set local row_security = off`);
  try {
    await client.query('savepoint rule');
    for (const rule of rules) {
      try {
        for (const finding of await rule.check(auditor)) findings.push({ ...finding, rule });
      } catch (error) {
        if (error instanceof NotChecked) {
          findings.push(...error.findings.map((finding) => ({ ...finding, rule })));
          onNotChecked?.(rule, error.message);
          continue;
        }
        // A rule that could not look must not pass for one that found nothing.
        const message = `could not be checked: ${(error as Error).message}`;
        findings.push({ object: rule.name, message, mend: '-- see the message', rule });
        await client.query('rollback to savepoint rule');
      }
    }
  } finally {
    await client.query('rollback to savepoint inspect; release savepoint inspect');
  }
  return findings;
}
