import type { ProbeResult } from '../probe/result.ts';
import type { AuditResult, Outcome } from '../result.ts';
import type { Finding } from '../rule.ts';
import { wrongOf } from './rule-pages.ts';
import { type Score, scoreOf } from './score.ts';
import type { Seal } from './seal.ts';
import { type Acceptance, applyWaivers, type NoWaivers, type Waiver } from './waivers.ts';

/** A finding, and by whom it was accepted for a while. */
export interface JudgedFinding extends Finding {
  waived?: Acceptance;
}

export interface JudgedOutcome extends Omit<Outcome, 'outcome' | 'findings' | 'milliseconds'> {
  /**
   * Waived where every finding is and all was looked at, or where it is accepted that it was not: what is left open by a waiver of
   * the findings alone is not checked.
   */
  outcome: Outcome['outcome'] | 'waived';
  findings: JudgedFinding[];
  waived?: Acceptance;
  /** Not told to a company: it grows with the rows of all. */
  milliseconds?: number;
  /** What goes wrong where the rule does not hold; told where it does not. */
  about?: string;
}

/** A visit of the platform's staff to a company. */
export interface StaffVisit {
  admin_email: string;
  reason: string;
  started_at: string;
  /** When it was ended or ran out; null as long as it is open. */
  ended_at: string | null;
}

/** Of how many visits in which time those in the report are the newest. */
export interface VisitsTold {
  since: string;
  until: string;
  total: number;
  /** So many are told at most. */
  limit: number;
}

/**
 * What is shown, written, signed and handed on: a run of the auditor, judged by the waivers that hold today. With `company`
 * it is that company's own, and says nothing that has to do with another (see company-report.ts).
 */
export interface Report extends Omit<AuditResult, 'format' | 'outcomes' | 'startedAt'> {
  format: 'bulkhead-report/1';
  /** Not told to a company: how long an audit takes grows with the rows of all. */
  startedAt?: string;
  /** Where the installation is reached. */
  installation?: string;
  company?: { id: string; name: string };
  outcomes: JudgedOutcome[];
  score: Score;
  /** Waivers that do not do what they were written for. */
  waivers: NoWaivers;
  /** What the attack on the running server came to, where one is told too. */
  probe?: ProbeResult;
  visits?: StaffVisit[];
  visitsTold?: VisitsTold;
  seal?: Seal;
}

/** @param on the day, as in a waiver's `expires` */
export function reportOf(
  { format: _format, outcomes, ...result }: AuditResult,
  { waivers = [], on = result.finishedAt.slice(0, 10) }: { waivers?: readonly Waiver[]; on?: string } = {},
): Report {
  const { judged, ...complaints } = applyWaivers(outcomes, waivers, on);
  const told = judged.map((one) => {
    const about = one.outcome === 'passed' ? undefined : wrongOf(one.rule);
    return about === undefined ? one : { ...one, about };
  });
  return { format: 'bulkhead-report/1', ...result, outcomes: told, score: scoreOf(judged), waivers: complaints };
}
