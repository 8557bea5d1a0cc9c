import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { AuditResult } from '../result.ts';
import { formatOf, render } from './formats.ts';
import type { Report } from './report.ts';
import { reportOf } from './report.ts';
import { sample } from './sample.ts';

const report = reportOf(sample(), {
  waivers: [
    {
      rule: 2,
      object: 'public.calls',
      reason: 'the table is going in May',
      owner: 'ada@example.org',
      expires: '2027-01-31',
    },
    { rule: 7, reason: 'was needed for a while', owner: 'ada@example.org', expires: '2026-01-31' },
  ],
});

describe.each(['terminal', 'json', 'markdown', 'html', 'sarif', 'junit'] as const)('as %s', (format) => {
  it('tells what was found, what was not checked and what was waived', () => {
    const text = render(report, format);
    for (const told of ['company_id set not null', 'cross-ref', 'the table is going in May'])
      expect(text).toContain(told);
  });
});

it('the terminal is coloured only where that was asked for', () => {
  const escapes = (text: string) => text.split('\u001b').length - 1;
  const plain = render(report, 'terminal', false);
  expect(escapes(plain)).toBe(0);
  expect(plain, 'what a terminal would obey').not.toContain('\u0007');
  expect(escapes(render(report, 'terminal', true))).toBeGreaterThan(20);
});

it('HTML is one file that asks for nothing, runs nothing, and keeps names from breaking out', () => {
  const text = render(report, 'html');
  expect(text).not.toContain('</script><b>');
  expect(text.match(/<script/g)).toHaveLength(1);
  expect(text).toContain('<script type="application/json"');
  expect(text).not.toMatch(/ (src|href)=|url\(|@import| on\w+=/);
  expect(text).toContain('&lt;/script&gt;&lt;b&gt;');
});

it('JUnit is XML with a failure for each rule that failed, and a skip for what was waived, not checked or not applicable', () => {
  const seen: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => seen.push(name));
  parser.on('error', (error) => {
    throw error;
  });
  const text = render(report, 'junit');
  parser.write(text).close();
  const count = (name: string) => seen.filter((one) => one === name).length;
  expect([count('testcase'), count('failure'), count('skipped')]).toEqual([6, 2, 2]);
  expect(text).toContain('tests="6" failures="2" errors="0" skipped="2"');
});

it('SARIF has a place and a lasting fingerprint for each finding, suppresses what is waived, and tells what was not checked', () => {
  const { version, runs } = JSON.parse(render(report, 'sarif'));
  const [{ results, tool, invocations }] = runs;
  expect(version).toBe('2.1.0');
  expect(results).toHaveLength(3);
  for (const result of results) {
    expect(result.ruleId).toBe(tool.driver.rules[result.ruleIndex].id);
    expect(result.locations[0].physicalLocation.region.startLine).toBe(1);
    expect(result.partialFingerprints['bulkheadFinding/v1']).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(results.map((result: { suppressions?: unknown[] }) => result.suppressions?.length ?? 0)).toEqual([0, 1, 0]);
  expect(
    new Set(results.map((result: { partialFingerprints: object }) => JSON.stringify(result.partialFingerprints))).size,
  ).toBe(3);
  expect(invocations[0].toolExecutionNotifications[0].message.text).toContain('cross-ref was not checked');
});

it('Markdown keeps names inside their cells and SQL inside its fence', () => {
  const text = render(report, 'markdown');
  expect(text).toContain('\\<b\\>\\|x\\`');
  expect(text).toContain('````sql');
});

it('a file asks for its format by its ending, and one that asks for none is refused', () => {
  expect(['a.html', 'a.sarif', 'a.sarif.json', 'a.json', 'a.xml', 'a.md', 'a.txt'].map(formatOf)).toEqual([
    'html',
    'sarif',
    'sarif',
    'json',
    'junit',
    'markdown',
    'terminal',
  ]);
  expect(() => formatOf('report.pdf')).toThrow('a report ends in');
});

describe.each(['terminal', 'json', 'markdown', 'html', 'sarif', 'junit'] as const)('as %s', (format) => {
  it('tells what was not looked at beside what was found, be it waived or not', () => {
    const partly = sample();
    partly.outcomes[1]!.unchecked = 'public.notes: permission denied';
    const waiver = { rule: 2, reason: 'the table is going in May', owner: 'ada@example.org', expires: '2027-01-31' };
    for (const waivers of [[], [{ ...waiver, object: 'public.*' }], [waiver]])
      expect(render(reportOf(partly, { waivers }), format)).toContain('public.notes: permission denied');
  });

  it('obeys nothing that stands in a text of the report, whichever it is', () => {
    const text = render(hostile(), format);
    // What it stands in is told, and lines are begun by the report alone.
    expect(text).toContain('FORGED');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is meant
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
    // What mends is told in its lines, in a page within its element.
    if (format !== 'html') expect(text.split('\n').filter((line) => /^FORGED/.test(line))).toEqual([]);
  });
});

/** ESC, CR, LF, an 8-bit CSI, a turn of direction and a separator of lines in every text that a database, a company or a person may give. */
function hostile(): Report {
  const evil = '\u001b[2J\r\nFORGED\n\rFORGED\u009b1A\u202e\u2028FORGED';
  const kept = new Set(['outcome', 'severity', 'part', 'finishedAt', 'startedAt', 'how', 'about', 'format', 'verdict']);
  const spoil = (value: unknown, name = ''): unknown => {
    if (typeof value === 'string') return kept.has(name) ? value : `${value}${evil}`;
    if (Array.isArray(value)) return value.map((one) => spoil(one, name));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, one]) => [
      name === 'rows' ? `${key}${evil}` : key,
      spoil(one, key),
    ]);
    return Object.fromEntries(entries);
  };
  const result = spoil(sample()) as AuditResult;
  const accepted = { reason: `a reason ${evil}`, owner: evil, expires: '2027-01-31' };
  const waivers = [
    { rule: 2, object: `public.calls${evil}`, ...accepted },
    { rule: 25, object: evil, ...accepted },
    { rule: 36, ...accepted, expires: '2026-01-31' },
  ];
  return {
    ...reportOf(result, { waivers }),
    installation: evil,
    company: { id: evil, name: evil },
    visits: [{ admin_email: evil, reason: evil, started_at: evil, ended_at: null }],
  };
}
