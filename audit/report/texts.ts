import type { Part } from '../rule.ts';
import type { JudgedFinding, JudgedOutcome, Report } from './report.ts';
import { type Score, SEVERITIES, type Tally } from './score.ts';
import { tame } from './tame.ts';

export const PART_TITLES: Record<Part, string> = {
  schema: 'Database schema',
  data: 'Data integrity',
  leaks: 'Cross-company leaks',
  keys: 'Foreign keys and indexes',
  distribution: 'Distribution by company',
  models: 'Models against the database',
  api: 'API',
};

export const VERDICTS: Record<Score['verdict'], string> = {
  isolated: 'Isolated',
  sound: 'Sound',
  unproven: 'Not proven',
  broken: 'Not isolated',
};

/** What the verdict means, in a sentence. */
export function verdictText({ score, company }: Report): string {
  const { verdict, failed, waived, notChecked, findings } = score;
  const grave = findings.critical + findings.high;
  if (verdict === 'isolated') return 'Every check was made, and none found anything.';
  if (verdict === 'broken')
    return company
      ? 'Checks that are critical or high found something. The platform’s operator has the findings.'
      : `${many(grave, 'finding')} critical or high: a company’s rows may be seen, changed or inferred by another.`;
  if (verdict === 'unproven') return 'Nothing critical or high was found, but not every such check could be made.';
  const left = [failed && `${failed} failed`, waived && `${waived} waived`, notChecked && `${notChecked} not checked`];
  return `Nothing critical or high was found, and every such check was made or waived. Left of the others: ${left.filter(Boolean).join(', ')}.`;
}

/** `61 of 68 checks passed; 5 failed, 2 not checked` */
export function tallyText({ checks, passed, failed, waived, notChecked, notApplicable }: Tally): string {
  const rest = [
    failed && `${failed} failed`,
    waived && `${waived} waived`,
    notChecked && `${notChecked} not checked`,
    notApplicable && `${notApplicable} do not apply here`,
  ];
  const said = rest.filter(Boolean).join(', ');
  return `${passed} of ${many(checks, 'check')} passed${said && `; ${said}`}`;
}

export const many = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

export const titleOf = ({ company }: Report): string =>
  company ? `Isolation report for ${company.name}` : 'Isolation report';

/** `2026-11-21 15:04 UTC` */
export const when = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** How long it took; nothing where that is not told. */
export const secondsOf = ({ startedAt, finishedAt }: Report): string =>
  startedAt === undefined ? '' : `${((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(1)} s`;

/** The outcomes with something to say, the gravest first. */
export function troubled(report: Report, outcome: JudgedOutcome['outcome']): JudgedOutcome[] {
  const rank = ({ rule }: JudgedOutcome) => SEVERITIES.indexOf(rule.severity);
  return report.outcomes.filter((one) => one.outcome === outcome).sort((a, b) => rank(a) - rank(b));
}

/** What was not looked at, or not wholly, also where something was found beside it, be it waived or not. */
export const unlooked = (report: Report): JudgedOutcome[] => [
  ...troubled(report, 'not checked'),
  ...[...troubled(report, 'failed'), ...troubled(report, 'waived')].flatMap((one) =>
    one.unchecked === undefined ? [] : [{ ...one, reason: `Not wholly: ${one.unchecked}` }],
  ),
];

/** In which time staff visited how often, in a sentence. */
export function visitsText({ visits = [], visitsTold: told }: Report): string {
  if (!told) return visits.length === 0 ? 'Nobody of the platform’s staff has acted for your company.' : '';
  const time = `between ${when(told.since)} and ${when(told.until)}`;
  if (told.total === 0) return `Nobody of the platform’s staff has acted for your company ${time}.`;
  const shown =
    told.total > visits.length
      ? ` These are the newest ${visits.length}: a report tells of ${told.limit} at most.`
      : '';
  return `The platform’s staff has acted for your company ${many(told.total, 'time')} ${time}.${shown}`;
}

export const standing = (findings: readonly JudgedFinding[]): JudgedFinding[] =>
  findings.filter(({ waived }) => !waived);

export interface WaivedThing {
  outcome: JudgedOutcome;
  object: string;
  reason: string;
  owner: string;
  expires: string;
}

export const waivedThings = ({ outcomes }: Report): WaivedThing[] =>
  outcomes.flatMap((outcome) => [
    ...(outcome.waived ? [{ outcome, object: 'the whole rule', ...outcome.waived }] : []),
    ...outcome.findings.flatMap(({ object, waived }) => (waived ? [{ outcome, object, ...waived }] : [])),
  ]);

/** Tenants, those with the most rows first, and the sums of their rows. */
export function tenantsOf({ distribution }: Report): { tenant: string; rows: number }[] {
  const sums = new Map<string, number>();
  for (const { rows } of distribution)
    for (const [tenant, count] of Object.entries(rows)) sums.set(tenant, (sums.get(tenant) ?? 0) + count);
  return [...sums].map(([tenant, rows]) => ({ tenant, rows })).sort((a, b) => b.rows - a.rows);
}

/** Tables whose rows could not be counted, or not for every tenant, each with why. */
export const notCounted = ({ distribution, company }: Report): { table: string; why: string }[] =>
  distribution.flatMap(({ table, uncounted, cut }) => {
    if (uncounted !== undefined) return [{ table, why: uncounted }];
    return cut && !company ? [{ table, why: 'only the companies with the most rows were counted' }] : [];
  });

/** The names of tenants, where they are known. */
export const nameOf = ({ company, tenantNames }: Report, tenant: string): string =>
  tenant === '' ? 'no company' : tenant === company?.id ? company.name : tame(tenantNames?.[tenant] ?? tenant);
