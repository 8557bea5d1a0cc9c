import { type SelectQueryBuilder, sql } from 'kysely';
import type { DB } from '../../db/types.ts';
import type { Context } from '../tenancy/context.ts';

/**
 * Names to the planner the owners whose rows the user sees. The policies say the same, but in a form that no index
 * serves: a rep's list must not read through the whole company's.
 */
export function ownedBy<TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  owner: string,
  { owners }: Context,
): SelectQueryBuilder<DB, TB, Row> {
  if (owners === '*') return query;
  const column = sql.raw(owner);
  const condition =
    owners.length === 1 ? sql<boolean>`${column} = ${owners[0]}` : sql<boolean>`${column} = any (${owners}::uuid[])`;
  return query.where(condition) as typeof query;
}
