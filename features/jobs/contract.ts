import { Type } from 'typebox';
import { Id, IdParams, Nullable, OneOf, Query, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

/** scheduled: not due yet, or waiting for its next attempt; waiting: due; failed: not tried again by itself. */
const Status = OneOf(['scheduled', 'waiting', 'running', 'failed'] as const);

export const JobParams = IdParams('job_id');
export const JobQuery = Query({ ...PageQuery, status: Type.Optional(Status) });
// What the job was given stays inside: it may name records that this reader does not see.
export const JobSummary = Type.Object({
  id: Id,
  name: Type.String(),
  status: Status,
  user_id: Nullable(Id),
  attempts: Type.Integer(),
  max_attempts: Type.Integer(),
  last_error: Nullable(Type.String()),
  run_at: Timestamp,
  created_at: Timestamp,
});
export const JobPage = PageOf(JobSummary);
