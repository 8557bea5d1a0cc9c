import type { Report, StaffVisit, VisitsTold } from './report.ts';

/**
 * What a company may know of a run: whether each rule holds, and how many of its own rows there are. Objects, messages,
 * reasons and waivers are left out, for their texts may name other companies or count their rows; so is how long it took, which
 * grows with the rows of all.
 * @param told of how many visits in which time `visits` are the newest
 */
export function companyReport(
  { database, outcomes, distribution, installation, finishedAt, score }: Report,
  company: { id: string; name: string },
  visits: StaffVisit[],
  told?: VisitsTold,
): Report {
  const { findings: _findings, ...counts } = score;
  return {
    format: 'bulkhead-report/1',
    ...(installation === undefined ? {} : { installation }),
    company: { id: company.id, name: company.name },
    finishedAt,
    database: { ...database, name: '' },
    understood: [],
    outcomes: outcomes.map(({ rule, outcome }) => ({ rule, outcome, findings: [] })),
    score: { ...counts, findings: { critical: 0, high: 0, medium: 0, low: 0 } },
    distribution: distribution.flatMap(({ table, rows, estimated, uncounted }) => {
      const own = rows[company.id];
      if (own !== undefined) return [{ table, rows: { [company.id]: own }, ...(estimated ? { estimated } : {}) }];
      return uncounted === undefined ? [] : [{ table, rows: {}, uncounted }];
    }),
    waivers: { expired: [], unmatched: [] },
    visits,
    ...(told === undefined ? {} : { visitsTold: told }),
  };
}
