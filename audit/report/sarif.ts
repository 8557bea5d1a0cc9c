import { createHash } from 'node:crypto';
import type { Severity } from '../rule.ts';
import type { JudgedFinding, JudgedOutcome, Report } from './report.ts';
import { readPage } from './rule-pages.ts';
import { placeOf, sarifLog } from './sarif-log.ts';
import { tamed } from './tame.ts';
import { notCounted } from './texts.ts';

const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};
/** What code scanning sorts by: 9 and more is critical, 7 high, 4 medium. */
const SECURITY: Record<Severity, string> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' };

/** SARIF 2.1.0, as code scanning wants it: each finding has a place, the page of its rule, and a fingerprint that outlives runs. */
export function sarifReport(untamed: Report): string {
  const report = tamed(untamed);
  const { outcomes, finishedAt, startedAt = finishedAt, database, score } = report;
  const rules = outcomes.map(({ rule, about }) => ({
    id: idOf(rule.number),
    name: rule.name,
    shortDescription: { text: rule.title },
    fullDescription: { text: about ?? rule.title },
    help: { text: about ?? rule.title, markdown: readPage(rule) ?? rule.title },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: {
      'security-severity': SECURITY[rule.severity],
      tags: ['security', 'tenancy', rule.part],
      precision: 'high',
    },
  }));
  const results = outcomes.flatMap((outcome, ruleIndex) =>
    outcome.findings.map((finding) => resultOf(outcome, finding, ruleIndex, database.name)),
  );
  const notifications = outcomes.flatMap(({ rule, outcome, reason, unchecked }, index) => {
    const open = outcome === 'not checked';
    if (!open && unchecked === undefined) return [];
    const text = open ? `was not checked: ${reason ?? 'no reason told'}` : `was not wholly checked: ${unchecked}`;
    return [
      {
        level: 'warning',
        associatedRule: { id: idOf(rule.number), index },
        descriptor: { id: 'not-checked' },
        message: { text: `${rule.number} ${rule.name} ${text}` },
      },
    ];
  });
  const missing = notCounted(report).map(({ table, why }) => ({
    level: 'warning',
    descriptor: { id: 'not-counted' },
    message: { text: `The rows of ${table} by company could not be counted: ${why}` },
  }));
  return sarifLog({
    command: 'bulkhead audit',
    subject: database.name,
    rules,
    results,
    notifications: [
      { id: 'not-checked', shortDescription: { text: 'A rule that could not be checked' } },
      { id: 'not-counted', shortDescription: { text: 'A table whose rows could not be counted' } },
    ],
    notified: [...notifications, ...missing],
    isWhole: true,
    startedAt,
    finishedAt,
    artifact: ARTIFACT,
    properties: { score },
  });
}

/** A database has no files: code scanning shows findings at the file from which its schema comes. */
const ARTIFACT = 'db/schema.sql';

const idOf = (number: number): string => `BH${String(number).padStart(4, '0')}`;

function resultOf(
  { rule }: JudgedOutcome,
  { object, message, mend, waived }: JudgedFinding,
  ruleIndex: number,
  database: string,
) {
  return {
    ruleId: idOf(rule.number),
    ruleIndex,
    level: LEVELS[rule.severity],
    message: { text: `${object} ${message}\n\nMend:\n${mend}` },
    locations: [placeOf(ARTIFACT, object, `${database}/${object}`, 'object')],
    partialFingerprints: {
      'bulkheadFinding/v1': createHash('sha256').update(`${rule.number}\n${object}`).digest('hex'),
    },
    ...(waived
      ? {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: `${waived.reason} (${waived.owner}, until ${waived.expires})`,
            },
          ],
        }
      : {}),
  };
}
