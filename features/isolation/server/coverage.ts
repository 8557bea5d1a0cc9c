import { rowsOf } from '../../../audit/probe/report/rows.ts';
import type { ProbeResult } from '../../../audit/probe/result.ts';
import type { CoverageMatrix } from '../contract.ts';

const LETTERS = { leaked: 'l', held: 'h', 'not applicable': 'n', 'not reached': 'u' } as const;

/** A result as the page draws it: each reason is told once, for most cells say what others say. */
export function coverageOf(result: ProbeResult): CoverageMatrix {
  const reasons = new Map<string, number>();
  const placeOf = (reason: string) => {
    if (reason === '') return -1;
    const place = reasons.get(reason) ?? reasons.size;
    reasons.set(reason, place);
    return place;
  };
  const endpoints = rowsOf(result).map(({ endpoint, cells }) => ({
    ...endpoint,
    verdicts: cells.map(({ outcome }) => LETTERS[outcome]).join(''),
    reasons: cells.map(({ reason, reproduction }) => placeOf([reason, reproduction].filter(Boolean).join('\n'))),
    attempts: cells.map(({ attempts }) => attempts),
  }));
  const { attacks, finishedAt, target } = result;
  return { finished_at: finishedAt, target: target.url, attacks, reasons: [...reasons.keys()], endpoints };
}
