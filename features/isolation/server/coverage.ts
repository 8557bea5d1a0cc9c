import type { ProbeResult } from '../../../audit/probe/result.ts';
import type { CoverageMatrix } from '../contract.ts';

const LETTERS = { leaked: 'l', held: 'h', 'not applicable': 'n', 'not reached': 'u' } as const;

/** A result as the page draws it: each reason is told once, for most cells say what others say. */
export function coverageOf({ attacks, cells, endpoints, finishedAt, target }: ProbeResult): CoverageMatrix {
  const at = new Map(cells.map((cell) => [`${cell.endpoint} ${cell.number}`, cell]));
  const reasons = new Map<string, number>();
  const placeOf = (reason: string) => {
    if (reason === '') return -1;
    const place = reasons.get(reason) ?? reasons.size;
    reasons.set(reason, place);
    return place;
  };
  const rows = endpoints.map(({ method, path, scope }) => {
    const own = attacks.map(({ number }) => at.get(`${method} ${path} ${number}`));
    return {
      method,
      path,
      scope,
      verdicts: own.map((cell) => LETTERS[cell?.outcome ?? 'not reached']).join(''),
      reasons: own.map((cell) => placeOf([cell?.reason, cell?.reproduction].filter(Boolean).join('\n'))),
      attempts: own.map((cell) => cell?.attempts ?? 0),
    };
  });
  return { finished_at: finishedAt, target: target.url, attacks, reasons: [...reasons.keys()], endpoints: rows };
}
