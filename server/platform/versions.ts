import type { FastifyRequest } from 'fastify';
import { found, invalid, notFound, ProblemError } from './problems.ts';

/** The version that If-Match names: the row is changed only if it still has it. Undefined without the header. */
export function expectedVersion({ headers }: Pick<FastifyRequest, 'headers'>): number | undefined {
  const tag = headers['if-match'];
  if (tag === undefined || tag === '*') return undefined;
  const version = /^"(\d{1,9})"$/.exec(tag)?.[1];
  if (version === undefined) throw invalid('if-match', 'malformed', 'must be an ETag that this server gave');
  return Number(version);
}

/** The changed row; 412 where it is there in another version, else the ordinary 404. */
export async function ifUnchanged<Row>(
  changed: Row | undefined,
  version: number | undefined,
  current: () => Promise<unknown>,
): Promise<Row> {
  if (changed !== undefined || version === undefined) return found(changed);
  if ((await current()) === undefined) throw notFound();
  throw new ProblemError(
    'precondition-failed',
    'Somebody else changed this since you opened it. Reload to see their change.',
  );
}
