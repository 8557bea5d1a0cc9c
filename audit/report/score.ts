import { PARTS, type Part, type Severity } from '../rule.ts';
import type { JudgedOutcome } from './report.ts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[];

export interface Tally {
  /** All that apply here, whatever came of them. */
  checks: number;
  passed: number;
  failed: number;
  waived: number;
  notChecked: number;
  notApplicable: number;
}

export interface Score extends Tally {
  /** Of 100 checks, rounded down, so many passed: what was not checked, and what was waived, did not. */
  percent: number;
  parts: Partial<Record<Part, Tally>>;
  /** Findings that nobody has accepted. */
  findings: Record<Severity, number>;
  /**
   * isolated: all was checked and nothing found. sound: nothing critical or high found, and all such checks were made.
   * broken: something critical or high was found. unproven: nothing such was found, but not all such checks could be made.
   */
  verdict: 'isolated' | 'sound' | 'unproven' | 'broken';
}

type Judged = Pick<JudgedOutcome, 'outcome' | 'rule' | 'findings'>;

/** Counts, and nothing else: the same outcomes give the same score. */
export function scoreOf(outcomes: readonly Judged[]): Score {
  const tally = tallyOf(outcomes);
  const parts: Score['parts'] = {};
  for (const part of PARTS) {
    const those = outcomes.filter(({ rule }) => rule.part === part);
    if (those.length > 0) parts[part] = tallyOf(those);
  }
  const findings: Score['findings'] = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { rule, findings: found } of outcomes)
    findings[rule.severity] += found.filter(({ waived }) => waived === undefined).length;
  return {
    ...tally,
    percent: tally.checks === 0 ? 0 : Math.floor((100 * tally.passed) / tally.checks),
    parts,
    findings,
    verdict: verdictOf(outcomes, tally),
  };
}

function tallyOf(outcomes: readonly Judged[]): Tally {
  const count = (wanted: Judged['outcome']) => outcomes.filter(({ outcome }) => outcome === wanted).length;
  const notApplicable = count('not applicable');
  return {
    checks: outcomes.length - notApplicable,
    passed: count('passed'),
    failed: count('failed'),
    waived: count('waived'),
    notChecked: count('not checked'),
    notApplicable,
  };
}

function verdictOf(outcomes: readonly Judged[], { checks, passed }: Tally): Score['verdict'] {
  const grave = outcomes.filter(({ rule }) => rule.severity === 'critical' || rule.severity === 'high');
  if (grave.some(({ outcome }) => outcome === 'failed')) return 'broken';
  if (checks === 0 || grave.some(({ outcome }) => outcome === 'not checked')) return 'unproven';
  return passed === checks ? 'isolated' : 'sound';
}
