import type { Report, StaffVisit } from './report.ts';

/**
 * What a company may know of a run: whether each rule holds, and how many of its own rows there are. Objects, messages,
 * reasons and waivers are left out, for their texts may name other companies or count their rows.
 */
export function companyReport(
  { database, outcomes, distribution, installation, startedAt, finishedAt, score, probe: _probe }: Report,
  company: { id: string; name: string },
  visits: StaffVisit[],
): Report {
  const { findings: _findings, ...counts } = score;
  return {
    format: 'bulkhead-report/1',
    ...(installation === undefined ? {} : { installation }),
    company: { id: company.id, name: company.name },
    startedAt,
    finishedAt,
    database: { ...database, name: '' },
    understood: [],
    outcomes: outcomes.map(({ rule, outcome, milliseconds }) => ({ rule, outcome, findings: [], milliseconds })),
    score: { ...counts, findings: { critical: 0, high: 0, medium: 0, low: 0 } },
    distribution: distribution.flatMap(({ table, rows, estimated, uncounted }) => {
      const own = rows[company.id];
      if (own !== undefined) return [{ table, rows: { [company.id]: own }, ...(estimated ? { estimated } : {}) }];
      return uncounted === undefined ? [] : [{ table, rows: {}, uncounted }];
    }),
    waivers: { expired: [], unmatched: [] },
    visits,
  };
}
