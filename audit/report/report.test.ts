import { describe, expect, it } from 'vitest';
import { companyReport } from './company-report.ts';
import { exitCode } from './exit-code.ts';
import { reportOf } from './report.ts';
import { scoreOf } from './score.ts';
import { OTHER_COMPANY, SAMPLE_COMPANY, sample } from './testing/sample.ts';
import { parseWaivers, type Waiver } from './waivers.ts';

const waiver = (more: Partial<Waiver> = {}): Waiver => ({
  rule: 2,
  reason: 'the table is going in May',
  owner: 'ada@example.org',
  expires: '2027-01-31',
  ...more,
});
const judged = (...waivers: Waiver[]) => reportOf(sample(), { waivers });
const outcomeOf = (report: ReturnType<typeof reportOf>, number: number) =>
  report.outcomes.find(({ rule }) => rule.number === number)?.outcome;

describe('the score', () => {
  it('is counted: of the checks that apply, those that passed', () => {
    expect(judged().score).toMatchObject({
      checks: 5,
      passed: 2,
      failed: 2,
      waived: 0,
      notChecked: 1,
      notApplicable: 1,
      percent: 40,
      findings: { critical: 2, high: 0, medium: 0, low: 1 },
      verdict: 'broken',
    });
  });

  it('never counts what was not checked as passed', () => {
    const blind = sample().outcomes.map((one) => ({ ...one, outcome: 'not checked' as const, findings: [] }));
    expect(scoreOf(blind)).toMatchObject({ percent: 0, passed: 0, verdict: 'unproven' });
    expect(scoreOf([])).toMatchObject({ percent: 0, verdict: 'unproven' });
  });

  it('is never 100 unless every check passed', () => {
    const [one] = sample().outcomes;
    const many = Array.from({ length: 999 }, () => one!);
    expect(scoreOf(many)).toMatchObject({ percent: 100, verdict: 'isolated' });
    const low = { ...one!, rule: { ...one!.rule, severity: 'low' as const }, outcome: 'failed' as const };
    expect(scoreOf([...many, low])).toMatchObject({ percent: 99, verdict: 'sound' });
  });
});

describe('a waiver', () => {
  it('accepts what it names and nothing else; what is waived is not passed', () => {
    const one = judged(waiver({ object: 'public.calls' }));
    expect(outcomeOf(one, 2)).toBe('failed');
    expect(one.score.findings.critical).toBe(1);
    const all = judged(waiver({ object: 'public.*' }));
    expect(outcomeOf(all, 2)).toBe('waived');
    expect(all.score).toMatchObject({ passed: 2, waived: 1, failed: 1 });
  });

  it('accepts that a rule cannot be checked only where it names no object', () => {
    expect(outcomeOf(judged(waiver({ rule: 36, object: '*' })), 36)).toBe('not checked');
    expect(outcomeOf(judged(waiver({ rule: 36 })), 36)).toBe('waived');
  });

  it('of what was found leaves open what was not looked at: the rule is not checked, whatever its waivers of objects', () => {
    const gap = 'public.notes: permission denied';
    const partly = { ...sample(), outcomes: sample().outcomes.slice(0, 2) };
    partly.outcomes[1] = { ...partly.outcomes[1]!, unchecked: gap };
    const by = (...waivers: Waiver[]) => reportOf(partly, { waivers });
    expect(outcomeOf(by(), 2)).toBe('failed');
    const one = by(waiver({ object: 'public.*' }));
    expect(one.outcomes[1]).toMatchObject({ outcome: 'not checked', reason: gap });
    expect(one.score).toMatchObject({ verdict: 'unproven', notChecked: 1, waived: 0, findings: { critical: 0 } });
    expect(exitCode(one, 'critical')).toBe(2);
    // What is accepted by its number is accepted whole, and the gap is told all the same.
    expect(by(waiver()).outcomes[1]).toMatchObject({ outcome: 'waived', unchecked: gap });
  });

  it('holds on the last of its days, and fails after it', () => {
    expect(outcomeOf(judged(waiver({ expires: '2026-11-21' })), 2)).toBe('waived');
    const over = judged(waiver({ expires: '2026-11-20' }));
    expect(outcomeOf(over, 2)).toBe('failed');
    expect(over.waivers.expired).toHaveLength(1);
    expect(exitCode({ ...over, outcomes: [] }, 'critical')).toBe(1);
  });

  it('that matches nothing is told', () => {
    expect(judged(waiver({ object: 'public.none' })).waivers.unmatched).toHaveLength(1);
    expect(judged(waiver()).waivers.unmatched).toEqual([]);
  });

  it.each([
    ['{', 'is not JSON'],
    ['{"waivers": [{"rule": 2}]}', '/waivers/0'],
    [JSON.stringify({ waivers: [{ ...waiver(), because: 'x' }] }), '/waivers/0'],
    [JSON.stringify({ waivers: [waiver({ expires: '2027-02-30' })] }), 'is no day'],
  ])('that is not whole is refused: %s', (text, says) => {
    expect(() => parseWaivers(text, 'w.json')).toThrow(says);
  });
});

describe('the exit code', () => {
  const failing = judged();
  const only = (number: number) => ({
    ...failing,
    outcomes: failing.outcomes.filter(({ rule }) => rule.number === number),
  });

  it('says found from the severity on that was asked for', () => {
    expect(exitCode(only(25), 'low')).toBe(1);
    expect(exitCode(only(25), 'medium')).toBe(0);
    expect(exitCode(only(2), 'critical')).toBe(1);
    expect(exitCode(failing, 'never')).toBe(0);
  });

  it('says clean only of what was checked', () => {
    expect(exitCode(only(36), 'critical')).toBe(2);
    expect(exitCode({ ...failing, outcomes: [] }, 'low')).toBe(2);
    expect(exitCode(only(1), 'low')).toBe(0);
    expect(exitCode(only(48), 'low')).toBe(0);
  });
});

it("a company's report holds nothing about another: no name, no id, no count, no object", () => {
  const whole = judged(waiver({ object: 'public.calls', reason: 'Sunstone asked for it' }));
  const own = companyReport(whole, { id: SAMPLE_COMPANY, name: 'nadan' }, []);
  const text = JSON.stringify(own);
  for (const word of ['Sunstone', OTHER_COMPANY, '"crm"', 'public.calls', 'workflows', 'ada@example.org', '96', '31'])
    expect(text, word).not.toContain(word);
  expect(own.distribution).toEqual([
    { table: 'public.contacts', rows: { [SAMPLE_COMPANY]: 26 } },
    { table: 'public.deals', rows: { [SAMPLE_COMPANY]: 4 } },
    { table: 'public.events', rows: {}, uncounted: 'counting took too long' },
  ]);
  expect(own.score).toMatchObject({ checks: 5, passed: 2, verdict: 'broken' });
});

it("a company's report is the same however others grow, and says which of its counts are from a sample", () => {
  const grown = sample();
  grown.startedAt = '2026-11-21T14:00:00.000Z';
  grown.outcomes = grown.outcomes.map((one) => ({ ...one, milliseconds: 90_000 }));
  grown.distribution = grown.distribution.map((one) => ({ ...one, rows: { ...one.rows, [OTHER_COMPANY]: 9e9 } }));
  const own = (result: typeof grown) => companyReport(reportOf(result), { id: SAMPLE_COMPANY, name: 'nadan' }, []);
  expect(own(grown)).toEqual(own(sample()));
  grown.distribution[0]!.estimated = true;
  expect(own(grown).distribution[0]).toMatchObject({ estimated: true });
});
