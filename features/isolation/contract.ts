import { type Static, Type } from 'typebox';
import { Body, Id, Nullable, OneOf, Query, Timestamp } from '../../contracts/atoms.ts';

export const AuditRun = Type.Object({
  id: Id,
  reason: OneOf(['asked', 'nightly']),
  status: OneOf(['waiting', 'running', 'done', 'failed']),
  requested_by_email: Nullable(Type.String()),
  requested_at: Timestamp,
  started_at: Nullable(Timestamp),
  finished_at: Nullable(Timestamp),
  done: Type.Integer({ description: 'Rules that were asked so far.' }),
  total: Type.Integer(),
  rule: Nullable(Type.String({ description: 'The one that is asked now.' })),
  error: Nullable(Type.String()),
  verdict: Nullable(OneOf(['isolated', 'sound', 'unproven', 'broken'])),
  percent: Nullable(Type.Integer({ description: 'Of 100 checks, so many passed; what was not checked did not.' })),
  checks: Nullable(Type.Integer()),
  passed: Nullable(Type.Integer()),
  failed: Nullable(Type.Integer()),
  waived: Nullable(Type.Integer()),
  not_checked: Nullable(Type.Integer()),
  has_report: Nullable(Type.Boolean({ description: 'The newest thirty keep theirs.' })),
});
export const Schedule = Type.Object({
  nightly: Type.Boolean(),
  hour: Type.Integer({ minimum: 0, maximum: 23, description: 'UTC.' }),
});
export const ScheduleUpdate = Body({ nightly: Schedule.properties.nightly, hour: Schedule.properties.hour });
export const ProbeRun = Type.Object({
  id: Id,
  reason: OneOf(['asked', 'nightly', 'command']),
  status: OneOf(['waiting', 'running', 'done', 'failed']),
  requested_by_email: Nullable(Type.String()),
  requested_at: Timestamp,
  started_at: Nullable(Timestamp),
  finished_at: Nullable(Timestamp),
  done: Type.Integer({ description: 'Endpoints that were attacked so far.' }),
  total: Type.Integer(),
  endpoint: Nullable(Type.String({ description: 'The one that was attacked last.' })),
  error: Nullable(Type.String()),
  stopped: Nullable(Type.String({ description: 'Why it ended early.' })),
  leaked: Nullable(Type.Integer()),
  held: Nullable(Type.Integer()),
  not_reached: Nullable(Type.Integer()),
  not_applicable: Nullable(Type.Integer()),
  requests: Nullable(Type.Integer()),
  has_report: Nullable(Type.Boolean({ description: 'The newest ten keep theirs.' })),
});
export const CoverageMatrix = Type.Object({
  finished_at: Timestamp,
  target: Type.String(),
  attacks: Type.Array(Type.Object({ number: Type.Integer(), name: Type.String() })),
  reasons: Type.Array(Type.String(), { description: 'What the cells say, each once.' }),
  endpoints: Type.Array(
    Type.Object({
      method: Type.String(),
      path: Type.String(),
      scope: Type.String(),
      verdicts: Type.String({
        description: 'A letter for each attack: l leaked, h held, n not applicable, u not reached.',
      }),
      reasons: Type.Array(Type.Integer(), { description: 'For each attack the place of its reason; -1: none.' }),
      attempts: Type.Array(Type.Integer(), { description: 'Requests and comparisons of each attack.' }),
    }),
  ),
});
export const Isolation = Type.Object({
  runs: Type.Array(AuditRun, { description: 'The newest first, at most 60.' }),
  schedule: Schedule,
  probes: Type.Array(ProbeRun, { description: 'The newest first, at most 30.' }),
  probe_schedule: Schedule,
  fingerprint: Type.String({ description: 'Of the key that reports are signed with.' }),
});

const Severity = OneOf(['critical', 'high', 'medium', 'low']);
const Outcome = Type.Object({
  number: Type.Integer(),
  name: Type.String(),
  severity: Severity,
  part: OneOf(['schema', 'data', 'leaks', 'keys', 'distribution', 'models', 'api']),
  title: Type.String(),
  outcome: OneOf(['passed', 'failed', 'waived', 'not checked', 'not applicable']),
  reason: Nullable(Type.String()),
});
export const AuditReport = Type.Object({
  finished_at: Timestamp,
  outcomes: Type.Array(
    Type.Object({
      ...Outcome.properties,
      findings: Type.Array(
        Type.Object({ object: Type.String(), message: Type.String(), mend: Type.String(), waived: Type.Boolean() }),
      ),
      page: Nullable(
        Type.Object({ wrong: Type.String(), why: Type.String(), see: Type.String(), mend: Type.String() }),
      ),
    }),
  ),
  companies: Type.Array(Type.Object({ name: Type.String(), rows: Type.Integer() })),
  uncounted: Type.Array(Type.Object({ table: Type.String(), why: Type.String() }), {
    description: 'Tables whose rows could not be counted, or not for every company.',
  }),
});

export const Trust = Type.Object({
  run_id: Nullable(Id),
  finished_at: Nullable(Timestamp),
  verdict: Nullable(OneOf(['isolated', 'sound', 'unproven', 'broken'])),
  percent: Nullable(Type.Integer()),
  checks: Type.Integer(),
  passed: Type.Integer(),
  outcomes: Type.Array(Outcome),
  tables: Type.Array(
    Type.Object({
      table: Type.String(),
      rows: Nullable(Type.Integer({ description: 'Null where they could not be counted.' })),
      estimated: Type.Boolean({ description: 'Reckoned from a sample, for the table is large.' }),
    }),
  ),
  fingerprint: Type.String(),
});
export const ReportQuery = Query({
  format: Type.Optional(OneOf(['html', 'json', 'markdown', 'sarif', 'junit'])),
});
export const ProbeReportQuery = Query({
  format: Type.Optional(OneOf(['html', 'json', 'markdown', 'sarif', 'junit'])),
});
export const TrustQuery = Query({ format: Type.Optional(OneOf(['html', 'json'])) });
export const ReportKey = Type.Object({
  kty: Type.Literal('OKP'),
  crv: Type.Literal('Ed25519'),
  x: Type.String(),
  fingerprint: Type.String({ description: 'RFC 7638 thumbprint.' }),
});

export type AuditRun = Static<typeof AuditRun>;
export type ProbeRun = Static<typeof ProbeRun>;
export type CoverageMatrix = Static<typeof CoverageMatrix>;
export type Schedule = Static<typeof Schedule>;
