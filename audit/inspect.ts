import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { importEach } from '../server/platform/import-each.ts';
import { auditorOf, type Finding, type Rule, type Subject } from './rule.ts';

export interface RuledFinding extends Finding {
  rule: Rule;
}

/** Every rule, found by its folder and sorted by number. */
export const discoverRules = (): Promise<Rule[]> => importEach<Rule>('audit/rules', (name) => join(name, 'rule.ts'));

/**
 * Goes through the live database by every rule, as the auditor's role, reading only; the connection's transaction, which
 * the caller has begun, is left as it was. The caller must be that role or able to become it.
 */
export async function inspect(client: ClientBase, subject: Subject, rules: readonly Rule[]): Promise<RuledFinding[]> {
  const findings: RuledFinding[] = [];
  const auditor = auditorOf(client, subject);
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
