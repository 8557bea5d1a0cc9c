import { PARTS } from '../rule.ts';
import type { Report } from './report.ts';
import { tamed } from './tame.ts';
import {
  many,
  nameOf,
  notCounted,
  PART_TITLES,
  secondsOf,
  standing,
  tallyText,
  tenantsOf,
  titleOf,
  troubled,
  unlooked,
  VERDICTS,
  verdictText,
  waivedThings,
  when,
} from './texts.ts';

/** For a pull request's summary, a ticket or a wiki. */
export function markdownReport(untamed: Report): string {
  const report = tamed(untamed);
  const { database, score, outcomes, waivers } = report;
  const took = secondsOf(report);
  const about = [plain(database.name), plain(`PostgreSQL ${database.serverVersion}`), many(database.tables, 'table')];
  const blocks = [
    `# ${plain(titleOf(report))}`,
    `**${VERDICTS[score.verdict]}, ${score.percent} of 100.** ${tallyText(score)}.\n${verdictText(report)}`,
    `${about.filter(Boolean).join(', ')}; ${when(report.finishedAt)}${took && `, in ${took}`}.`,
    table(
      ['part', 'checks', 'passed', 'failed', 'waived', 'not checked'],
      PARTS.flatMap((part) => {
        const tally = score.parts[part];
        return tally
          ? [[PART_TITLES[part], tally.checks, tally.passed, tally.failed, tally.waived, tally.notChecked]]
          : [];
      }),
    ),
  ];
  if (report.understood.length > 0)
    blocks.push(
      '## How the database was understood',
      table(
        ['', 'what'],
        report.understood.map(({ how, what }) => [how, what]),
      ),
    );
  const failed = troubled(report, 'failed');
  if (failed.length > 0) blocks.push('## Found');
  for (const { rule, findings, about } of failed) {
    blocks.push(
      `### ${rule.number} ${plain(rule.name)} (${rule.severity})\n${plain(rule.title)}. ${about ?? ''}`.trim(),
    );
    for (const { object, message, mend } of standing(findings))
      blocks.push(`- **${plain(object)}** ${plain(message)}\n${fenced(mend)}`);
  }
  const unknown = unlooked(report);
  if (unknown.length > 0)
    blocks.push(
      '## Not checked',
      table(
        ['rule', 'severity', 'why'],
        unknown.map(({ rule, reason }) => [`${rule.number} ${rule.title}`, rule.severity, reason ?? '']),
      ),
    );
  const waived = waivedThings(report);
  if (waived.length > 0)
    blocks.push(
      '## Waived',
      table(
        ['rule', 'what', 'why', 'who', 'until'],
        waived.map(({ outcome, object, reason, owner, expires }) => [
          outcome.rule.number,
          object,
          reason,
          owner,
          expires,
        ]),
      ),
    );
  const idle = [
    ...waivers.expired.map(
      ({ rule, object = '', expires }) => `- Expired on ${plain(expires)}: ${rule} ${plain(object)}`,
    ),
    ...waivers.unmatched.map(({ rule, object = '' }) => `- Matches nothing: ${rule} ${plain(object)}`),
  ];
  if (idle.length > 0) blocks.push('## Waivers to look at', idle.join('\n'));
  const tenants = tenantsOf(report);
  if (tenants.length > 0)
    blocks.push(
      '## Distribution by company',
      table(
        ['company', 'rows'],
        tenants.map(({ tenant, rows }) => [nameOf(report, tenant), rows]),
      ),
    );
  const missing = notCounted(report);
  if (missing.length > 0)
    blocks.push(
      '## Could not be counted',
      table(
        ['table', 'why'],
        missing.map(({ table, why }) => [table, why]),
      ),
    );
  blocks.push(
    '## All checks',
    table(
      ['rule', 'what holds', 'severity', 'outcome'],
      outcomes.map(({ rule, outcome }) => [rule.number, rule.title, rule.severity, outcome]),
    ),
  );
  if (report.seal) blocks.push(`Signed ${when(report.seal.signedAt)} with the key \`${report.seal.fingerprint}\`.`);
  return `${blocks.join('\n\n')}\n`;
}

const table = (head: string[], rows: (string | number)[][]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => plain(String(cell))).join(' | ')} |`)
    .join('\n');

/** Text that names cannot break out of. */
export const plain = (text: string): string => text.replace(/[\\`*_<>|[\]&~]/g, '\\$&');

/** Text of one line as code, which it cannot break out of either; a table's cells want its bars escaped beside. */
export function code(text: string): string {
  const fence = ticksAround(text, 1);
  const space = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}

const ticksAround = (text: string, least: number): string =>
  '`'.repeat(Math.max(least, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));

function fenced(sql: string): string {
  const fence = ticksAround(sql, 3);
  return [`${fence}sql`, ...sql.split('\n'), fence].map((line) => `  ${line}`).join('\n');
}
