import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../server/tenancy/context.ts';
import type { DashboardQuery } from '../contract.ts';

/** Whose records are counted, and on what day by the caller's clock. */
export interface Scope {
  /** Owners to narrow to; undefined: all that the policies show. */
  owners: readonly string[] | undefined;
  offset: number;
}

export function scopeOf({ userId, owners }: Context, { whose = 'all', utc_offset = 0 }: DashboardQuery): Scope {
  const offset = utc_offset;
  // A key of no user has no records of its own: it sees the company's.
  if (whose === 'mine' && userId !== null) return { owners: [userId], offset };
  return { owners: owners === '*' ? undefined : owners, offset };
}

/** Named to the planner too, for the policies' form of it is served by no index. */
export const owned = (column: string, { owners }: Scope): RawBuilder<boolean> =>
  owners === undefined ? sql`true` : sql`${sql.raw(column)} = any (${owners}::uuid[])`;

export const local = (column: RawBuilder<unknown>, { offset }: Scope): RawBuilder<Date> =>
  sql`(${column} at time zone 'UTC' + make_interval(mins => ${offset}::integer))`;

export const today = (scope: Scope): RawBuilder<string> => sql`${local(sql`now()`, scope)}::date`;

export const month = (scope: Scope, ago = 0): RawBuilder<string> =>
  sql`(date_trunc('month', ${today(scope)})::date - make_interval(months => ${ago}::integer))::date`;

/** The moment at which a local day begins. */
export const begins = (day: RawBuilder<unknown>, { offset }: Scope): RawBuilder<string> =>
  sql`((${day})::timestamp - make_interval(mins => ${offset}::integer)) at time zone 'UTC'`;

export const currency = sql<string>`(select currency from companies where id = app.cid())`;
