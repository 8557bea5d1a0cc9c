import { styleText } from 'node:util';
import { PARTS, type Severity } from '../rule.ts';
import type { JudgedOutcome, Report } from './report.ts';
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
  VERDICTS,
  verdictText,
  waivedThings,
  when,
} from './texts.ts';

type Style = Parameters<typeof styleText>[0];
const SEVERITY_STYLES: Record<Severity, Style> = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
};
const MARKS = { passed: '✓', failed: '✗', waived: '~', 'not checked': '?', 'not applicable': '-' } as const;
const MARK_STYLES = {
  passed: 'green',
  failed: 'red',
  waived: 'yellow',
  'not checked': 'magenta',
  'not applicable': 'gray',
} as const;
/** How many findings of one rule a terminal shows; the other formats show all. */
const SHOWN = 12;

/** For people at a terminal: every check in a line, then what was found and how to mend it, the verdict last. */
export function terminalReport(untamed: Report, coloured: boolean): string {
  const report = tamed(untamed);
  // The caller decides what is coloured; Node would look at its own output.
  const paint = (style: Style, text: string) =>
    coloured
      ? (styleText as (style: Style, text: string, how: object) => string)(style, text, { validateStream: false })
      : text;
  const { database, score } = report;
  const lines: string[] = [
    paint('bold', titleOf(report)),
    paint(
      'dim',
      `${[database.name, `PostgreSQL ${database.serverVersion}`, many(database.tables, 'table'), when(report.finishedAt), secondsOf(report)].filter(Boolean).join(' · ')}`,
    ),
  ];
  for (const { how, what } of report.understood) lines.push(paint('dim', `  ${how.padEnd(9)} ${what}`));
  for (const part of PARTS) {
    const tally = score.parts[part];
    if (!tally) continue;
    lines.push('', `${paint('bold', PART_TITLES[part])} ${paint('dim', tallyText(tally))}`);
    const those = report.outcomes.filter(({ rule }) => rule.part === part);
    for (const { rule, outcome, reason, unchecked } of those.filter(({ outcome }) => outcome !== 'not applicable')) {
      const mark = paint(MARK_STYLES[outcome], MARKS[outcome]);
      const severity = outcome === 'failed' ? ` ${paint(SEVERITY_STYLES[rule.severity], rule.severity)}` : '';
      const gap = unchecked === undefined ? reason : `not wholly checked: ${unchecked}`;
      const why = gap && outcome !== 'passed' ? paint('dim', ` (${gap})`) : '';
      lines.push(`  ${mark} ${paint('dim', String(rule.number).padStart(3))} ${rule.title}${severity}${why}`);
    }
    const idle = those.filter(({ outcome }) => outcome === 'not applicable').map(({ rule }) => rule.number);
    if (idle.length > 0)
      lines.push(
        paint(
          'dim',
          `  ${MARKS['not applicable']} ${idle.join(', ')} ${idle.length === 1 ? 'does' : 'do'} not apply here`,
        ),
      );
  }
  for (const outcome of troubled(report, 'failed')) lines.push('', ...found(outcome));
  const waived = waivedThings(report);
  if (waived.length > 0) lines.push('', paint('bold', 'Waived'));
  for (const { outcome, object, reason, owner, expires } of waived)
    lines.push(`  ${paint('yellow', '~')} ${outcome.rule.number} ${object}: ${reason} (${owner}, until ${expires})`);
  for (const { rule, object, expires, owner } of report.waivers.expired)
    lines.push(
      '',
      paint(
        'red',
        `The waiver of ${rule}${object ? ` ${object}` : ''} expired on ${expires}: ${owner} decides what becomes of it.`,
      ),
    );
  for (const { rule, object } of report.waivers.unmatched)
    lines.push(
      '',
      paint(
        'yellow',
        `The waiver of ${rule}${object ? ` ${object}` : ''} matches nothing that was found: take it out.`,
      ),
    );
  if (report.distribution.length > 0) lines.push('', ...distributed());
  const good = score.verdict === 'isolated' || score.verdict === 'sound';
  lines.push(
    '',
    `${paint(['bold', good ? 'green' : score.verdict === 'broken' ? 'red' : 'yellow'], VERDICTS[score.verdict])}  ${paint('bold', `${score.percent} of 100`)}  ${tallyText(score)}`,
    verdictText(report),
  );
  if (report.seal) lines.push(paint('dim', `Signed ${when(report.seal.signedAt)}, key ${report.seal.fingerprint}`));
  return `${lines.join('\n')}\n`;

  function found({ rule, findings, about }: JudgedOutcome): string[] {
    const open = standing(findings);
    const head = `${paint(SEVERITY_STYLES[rule.severity], rule.severity.toUpperCase())} ${paint('bold', `${rule.number} ${rule.name}`)} ${paint('dim', `bulkhead rules ${rule.number}`)}`;
    const shown = open
      .slice(0, SHOWN)
      .flatMap(({ object, message, mend }) => [
        `  ${paint('bold', object)} ${message}`,
        ...mend.split('\n').map((line) => `    ${paint('dim', line)}`),
      ]);
    const rest =
      open.length > SHOWN ? [paint('dim', `  and ${open.length - SHOWN} more: --format json shows all`)] : [];
    return [head, ...(about ? [`  ${about}`] : []), ...shown, ...rest];
  }

  function distributed(): string[] {
    const tenants = tenantsOf(report);
    const most = tenants[0]?.rows ?? 1;
    const bars = tenants.slice(0, 10).map(({ tenant, rows }) => {
      const bar = '█'.repeat(Math.max(1, Math.round((20 * rows) / most)));
      return `  ${nameOf(report, tenant).slice(0, 36).padEnd(36)} ${rows.toLocaleString('en').padStart(13)} ${paint('blue', bar)}`;
    });
    return [
      `${paint('bold', 'Rows by company')} ${paint('dim', `${many(report.distribution.length, 'table')}`)}`,
      ...bars,
      ...(tenants.length > 10 ? [paint('dim', `  and ${tenants.length - 10} more`)] : []),
      ...notCounted(report).map(({ table, why }) => `  ${paint('magenta', '?')} ${table} could not be counted: ${why}`),
    ];
  }
}
