import { Type } from 'typebox';
import { Nullable, OneOf, Query, Timestamp } from '../../contracts/atoms.ts';

export const JobParams = Type.Object({ job_id: Type.Integer({ minimum: 1, maximum: 9_007_199_254_740_991 }) });
export const JobQuery = Query({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })) });
export const JobSummary = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  status: OneOf(['waiting', 'running', 'failed'] as const),
  attempts: Type.Integer(),
  max_attempts: Type.Integer(),
  last_error: Nullable(Type.String()),
  run_at: Timestamp,
  created_at: Timestamp,
});
export const JobList = Type.Object({ items: Type.Array(JobSummary), next_cursor: Type.Null() });
