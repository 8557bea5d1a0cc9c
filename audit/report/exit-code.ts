import type { Severity } from '../rule.ts';
import type { Report } from './report.ts';
import { SEVERITIES } from './score.ts';

export const FAIL_ON = [...SEVERITIES, 'never'] as const;
export type FailOn = Severity | 'never';

/** Parts that need more than the database: where it is all that was given, they are told as not checked, and fail nothing. */
const BEYOND = new Set(['models', 'api']);

/**
 * 0 where nothing as severe as `failOn` was found, 1 where it was, or a waiver has expired, 2 where it can't be said: a rule that severe,
 * about the database, was not checked.
 */
export function exitCode({ outcomes, waivers }: Report, failOn: FailOn): 0 | 1 | 2 {
  if (failOn === 'never') return 0;
  const counted = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1) as readonly Severity[];
  const grave = outcomes.filter(({ rule }) => counted.includes(rule.severity));
  if (waivers.expired.length > 0 || grave.some(({ outcome }) => outcome === 'failed')) return 1;
  const unknown = grave.some(({ outcome, rule }) => outcome === 'not checked' && !BEYOND.has(rule.part));
  return unknown || outcomes.length === 0 ? 2 : 0;
}
