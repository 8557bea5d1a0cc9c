import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { importEach } from '../server/platform/import-each.ts';
import type { Application } from './application/application.ts';
import type { Limits } from './limits.ts';
import type { Outcome } from './result.ts';
import { type Auditor, auditorOf, type Finding, type Rule, type Subject } from './rule.ts';

export interface RuledFinding extends Finding {
  rule: Rule;
}

/** Every rule, found by its folder and sorted by number. */
export const discoverRules = (): Promise<Rule[]> => importEach<Rule>('audit/rules', (name) => join(name, 'rule.ts'));

/**
 * What an auditor's transaction begins with, and again after each breath: it reads only, waits for nobody, takes one
 * processor, and fails where a policy would hide rows from it.
 */
export function posture(client: ClientBase, { auditorRole }: Subject, { timeout = 30_000 }: Limits = {}): string {
  return `
    ${auditorRole === undefined ? '' : `set local role ${client.escapeIdentifier(auditorRole)};`}
    set transaction read only;
    set local search_path = pg_catalog;
    set local row_security = off;
    set local lock_timeout = '2s';
    set local max_parallel_workers_per_gather = 0;
    set local statement_timeout = ${Math.round(timeout)}`;
}

/** Looks by one rule. One that could not look does not pass for one that found nothing. */
export async function examine(
  auditor: Auditor,
  rule: Rule,
): Promise<Pick<Outcome, 'outcome' | 'findings' | 'reason' | 'unchecked'>> {
  if (rule.houseOnly !== undefined && auditor.subject.form !== 'bulkhead') {
    return { outcome: 'not applicable', findings: [], reason: rule.houseOnly };
  }
  try {
    const seen = await rule.check(auditor);
    const { findings, unchecked, inapplicable } = Array.isArray(seen)
      ? { findings: seen, unchecked: undefined, inapplicable: undefined }
      : seen;
    if (findings.length > 0) {
      return {
        outcome: 'failed',
        findings: findings.map(({ object, message, mend }) => ({ object, message, mend })),
        ...(unchecked ? { unchecked } : {}),
      };
    }
    const reason = unchecked ?? inapplicable;
    const outcome = unchecked ? 'not checked' : inapplicable ? 'not applicable' : 'passed';
    return { outcome, findings: [], ...(reason ? { reason } : {}) };
  } catch (error) {
    return { outcome: 'not checked', findings: [], reason: `could not look: ${(error as Error).message}` };
  }
}

/**
 * Goes through the live database by every rule, as the auditor's role, reading only; the connection's transaction, which
 * the caller has begun, is left as it was. The caller must be that role or able to become it.
 */
export async function inspect(
  client: ClientBase,
  subject: Subject,
  rules: readonly Rule[],
  application?: Application,
): Promise<RuledFinding[]> {
  const findings: RuledFinding[] = [];
  const auditor = await auditorOf(client, subject, { application });
  await client.query(`savepoint inspect; ${posture(client, subject)}`);
  try {
    for (const rule of rules) {
      await client.query('savepoint rule');
      const { findings: found, outcome, reason } = await examine(auditor, rule);
      await client.query('rollback to savepoint rule');
      for (const finding of found) findings.push({ ...finding, rule });
      if (outcome !== 'not checked') continue;
      findings.push({
        object: rule.name,
        message: `could not be checked: ${reason}`,
        mend: '-- see the message',
        rule,
      });
    }
  } finally {
    await client.query('rollback to savepoint inspect; release savepoint inspect');
  }
  return findings;
}
