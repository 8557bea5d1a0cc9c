import { sql } from 'kysely';
import type { DB } from '../../db/types.ts';
import type { CompanyStatements } from '../tenancy/door.ts';
import type { List, Page, PageRequest, SortKey } from './list.ts';
import { decodeCursor, encodeCursor } from './paging.ts';
import { invalid } from './problems.ts';

/** What a gate function such as `find_deals` narrows a list to, where a policy would keep its indexes from being used. */
export interface Finder {
  gate: string;
  words: string;
  /** Filters, by their names in the API. */
  only: object;
}

/**
 * One page of a list whose ids a gate function finds: in the list's order, of one company, seen by the user. The rows
 * are read below the policies as ever. Each sort has one key, by the name that the function knows; rows without a value
 * come last in both directions.
 */
export async function foundPage<TB extends keyof DB, Row extends { id: string }>(
  company: CompanyStatements,
  { gate, words, only }: Finder,
  { name, table, query, sorts, defaultSort }: List<TB, Row> & { sorts: Record<string, SortKey> },
  { limit = 50, cursor, page = 1, sort = defaultSort, include_total = false }: PageRequest,
): Promise<Page<Row>> {
  const descending = sort.startsWith('-');
  const chosen = descending ? sort.slice(1) : sort;
  const by = Object.hasOwn(sorts, chosen) ? sorts[chosen] : undefined;
  if (by?.field === undefined) {
    throw invalid('sort', 'unknown_sort', `must be one of ${Object.keys(sorts).join(', ')}, with - for descending`);
  }
  const { companyId } = company.context;
  const listName = `${name} ${sort}`;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, companyId, listName);
  const skipped = after === undefined ? (page - 1) * limit : 0;
  const id = sql.raw(`${table}.id`);
  const among = ([value = null, lastId = null]: readonly (string | null)[], take: number | null) =>
    sql<boolean>`${id} in (select found.id from ${sql.raw(`gate.${gate}`)}(${words}, ${JSON.stringify(only)}::jsonb,
      ${chosen}, ${descending}, ${value}, ${lastId}, ${take}) found)`;

  const direction = sql.raw(descending ? 'desc' : 'asc');
  const items = await company.many<Row>(
    query
      .where(among(after ?? [], skipped + limit + 1))
      .orderBy(sql`${sql.raw(by.sql)} ${direction} nulls last, ${id} ${direction}`)
      .limit(limit + 1)
      .offset(skipped),
  );
  const more = items.length > limit;
  if (more) items.pop();
  const last = items.at(-1) as (Row & Record<string, unknown>) | undefined;
  const value = last?.[by.field] ?? (descending ? '-infinity' : 'infinity');
  const next_cursor = more && last ? encodeCursor([String(value), last.id], companyId, listName) : null;
  if (!include_total) return { items, next_cursor };
  const total = await company.first<{ total: number }>(
    query.clearSelect().where(among([], null)).select(sql<number>`count(*)::int`.as('total')) as never,
  );
  return { items, next_cursor, total: total?.total ?? 0 };
}
