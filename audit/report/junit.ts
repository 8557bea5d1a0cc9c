import { PARTS } from '../rule.ts';
import type { JudgedFinding, JudgedOutcome, Report } from './report.ts';
import { tamed } from './tame.ts';
import { notCounted, PART_TITLES, standing } from './texts.ts';

/** JUnit's XML: each part a suite, each rule a test; what was waived or not checked is skipped, and says why. */
export function junitReport(untamed: Report): string {
  const report = tamed(untamed);
  const { outcomes, finishedAt, startedAt = finishedAt, score } = report;
  const suites = PARTS.flatMap((part) => {
    const those = outcomes.filter(({ rule }) => rule.part === part);
    const tally = score.parts[part];
    if (!tally) return [];
    const skipped = tally.waived + tally.notChecked + tally.notApplicable;
    const time = seconds(those.reduce((sum, { milliseconds = 0 }) => sum + milliseconds, 0));
    return [
      `  <testsuite name="${PART_TITLES[part]}" tests="${those.length}" failures="${tally.failed}" errors="0" skipped="${skipped}" time="${time}" timestamp="${startedAt.slice(0, 19)}">\n${those.map(testCase).join('\n')}\n  </testsuite>`,
    ];
  });
  const missing = notCounted(report);
  if (missing.length > 0)
    suites.push(
      `  <testsuite name="Rows by company" tests="${missing.length}" failures="0" errors="0" skipped="${missing.length}" time="0.000" timestamp="${startedAt.slice(0, 19)}">
${missing.map(({ table, why }) => `    <testcase classname="bulkhead.distribution" name="${xml(table)}" time="0.000">\n      <skipped message="${xml(`could not be counted: ${why}`)}"/>\n    </testcase>`).join('\n')}
  </testsuite>`,
    );
  const { failed, waived, notChecked, notApplicable } = score;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="bulkhead audit" tests="${outcomes.length + missing.length}" failures="${failed}" errors="0" skipped="${waived + notChecked + notApplicable + missing.length}">
${suites.join('\n')}
</testsuites>
`;
}

function testCase({ rule, outcome, findings, reason, waived, unchecked, milliseconds = 0 }: JudgedOutcome): string {
  const head = `    <testcase classname="bulkhead.${rule.part}" name="${xml(`${rule.number} ${rule.name}: ${rule.title}`)}" time="${seconds(milliseconds)}"`;
  if (outcome === 'passed') return `${head}/>`;
  if (outcome === 'failed') {
    const open = standing(findings);
    const text = open.map(({ object, message, mend }) => `${object} ${message}\n${mend}`).join('\n\n');
    const message = `${rule.severity}: ${open.map(({ object }) => object).join(', ')}`;
    return `${head}>\n      <failure type="${rule.severity}" message="${xml(message)}">${xml(text)}</failure>${aside(findings, unchecked)}\n    </testcase>`;
  }
  const why =
    outcome === 'waived'
      ? `waived: ${(waived ?? findings[0]?.waived)?.reason}`
      : `${outcome}: ${reason ?? 'no reason told'}`;
  const gap = outcome === 'not checked' ? undefined : unchecked;
  return `${head}>\n      <skipped message="${xml(why)}"/>${aside(outcome === 'not checked' ? findings : [], gap)}\n    </testcase>`;
}

/** What of a rule is waived although more is open, and what was not looked at. */
function aside(findings: readonly JudgedFinding[], unchecked?: string): string {
  const lines = findings.flatMap(({ object, waived }) => (waived ? [`waived: ${object}: ${waived.reason}`] : []));
  if (unchecked !== undefined) lines.push(`not wholly checked: ${unchecked}`);
  return lines.length === 0 ? '' : `\n      <system-out>${xml(lines.join('\n'))}</system-out>`;
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };
/** Text as XML holds it; characters that XML 1.0 cannot hold are left out. */
export const xml = (text: string): string =>
  [...text]
    .filter((one) => /[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(one))
    .map((one) => MARKS[one] ?? one)
    .join('');
