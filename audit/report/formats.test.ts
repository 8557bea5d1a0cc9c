import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { AuditResult } from '../result.ts';
import { FORMATS, formatOf } from './format.ts';
import { render } from './formats.ts';
import type { Report } from './report.ts';
import { reportOf } from './report.ts';
import { sample } from './testing/sample.ts';

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

describe.each(FORMATS)('as %s', (format) => {
  it('tells what was found, what was not checked and what was waived', () => {
    const text = render(report, format);
    for (const told of ['company_id set not null', 'cross-ref', 'the table is going in May', 'counting took too long'])
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

/** Where each element stands and what it must have, as the readers of CI systems want it. */
const JUNIT: Record<string, { within: string | undefined; has: string[] }> = {
  testsuites: { within: undefined, has: ['name', 'tests', 'failures', 'errors'] },
  testsuite: { within: 'testsuites', has: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'] },
  testcase: { within: 'testsuite', has: ['name', 'classname', 'time'] },
  failure: { within: 'testcase', has: ['message', 'type'] },
  skipped: { within: 'testcase', has: ['message'] },
  'system-out': { within: 'testcase', has: [] },
};

it('JUnit is XML with a failure for each rule that failed, and a skip for what was waived, not checked or not applicable', () => {
  const seen: string[] = [];
  const path: string[] = [];
  const suites: { tests: number; failures: number; skipped: number }[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    seen.push(name);
    expect(JUNIT[name]?.within, `${name} in ${path.at(-1)}`).toBe(path.at(-1));
    for (const attribute of JUNIT[name]?.has ?? [])
      expect(attributes, `${name} ${attribute}`).toHaveProperty(attribute);
    path.push(name);
    if (name === 'testsuite')
      suites.push({
        tests: Number(attributes.tests),
        failures: Number(attributes.failures),
        skipped: Number(attributes.skipped),
      });
    const suite = suites.at(-1);
    if (suite && name === 'testcase') suite.tests -= 1;
    if (suite && name === 'failure') suite.failures -= 1;
    if (suite && name === 'skipped') suite.skipped -= 1;
  });
  parser.on('closetag', () => path.pop());
  parser.on('error', (error) => {
    throw error;
  });
  const text = render(report, 'junit');
  parser.write(text).close();
  const count = (name: string) => seen.filter((one) => one === name).length;
  expect([count('testcase'), count('failure'), count('skipped')]).toEqual([7, 2, 3]);
  expect(
    suites.every(({ tests, failures, skipped }) => tests + failures + skipped === 0),
    'suites that count right',
  ).toBe(true);
  expect(text).toContain('tests="7" failures="2" errors="0" skipped="3"');
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

it('SARIF is what the official schema of 2.1.0 says', () => {
  // Draft 4 names itself by `id`; one of its patterns is none to a strict reader.
  const {
    id: _id,
    $schema: _draft,
    ...schema
  } = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const isSarif = ajv.compile(schema);
  const log = JSON.parse(render(report, 'sarif'));
  expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
  log.runs[0].results[0].level = 'grave';
  expect(isSarif(log), 'the schema tells what is none').toBe(false);
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

describe.each(FORMATS)('as %s', (format) => {
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
