import { type SelectQueryBuilder, sql } from 'kysely';
import type { DB } from '../../db/types.ts';
import type { CompanyStatements } from '../tenancy/door.ts';
import { decodeCursor, encodeCursor } from './paging.ts';
import { invalid } from './problems.ts';

/** A column that a list can be sorted by: never null, and led to by an index `(company_id, column, id)`. */
export interface Sort {
  /** Expression over the list's table, qualified: `contacts.last_name collate "C"`. */
  sql: string;
  /** PostgreSQL type of the expression. */
  type: string;
  /** Field of a row that holds the expression's value, as text. */
  field: string;
}

export interface List<TB extends keyof DB, Row> {
  /** Name of the list; a cursor of one list is no good for another. */
  name: string;
  /** The table's alias whose id breaks ties. */
  table: string;
  query: SelectQueryBuilder<DB, TB, Row>;
  sorts: Record<string, Sort>;
  defaultSort: string;
}

export interface PageRequest {
  limit?: number;
  cursor?: string;
  page?: number;
  sort?: string;
  include_total?: boolean;
}

export interface Page<Row> {
  items: Row[];
  next_cursor: string | null;
  total?: number;
}

/** The statement that reads one page, and one row more to see whether another page follows. */
export function pageQuery<TB extends keyof DB, Row>(
  { name, table, query, sorts, defaultSort }: List<TB, Row>,
  { limit = 50, cursor, page, sort = defaultSort }: PageRequest,
  companyId: string,
) {
  const descending = sort.startsWith('-');
  const by = sorts[descending ? sort.slice(1) : sort];
  if (by === undefined) {
    throw invalid('sort', 'unknown_sort', `must be one of ${Object.keys(sorts).join(', ')}, with - for descending`);
  }
  const column = sql.raw(by.sql);
  const id = sql.raw(`${table}.id`);
  const direction = sql.raw(descending ? 'desc' : 'asc');
  const listName = `${name} ${sort}`;

  let rows = query.orderBy(sql`${column} ${direction}, ${id} ${direction}`).limit(limit + 1) as typeof query;
  if (cursor !== undefined) {
    const [value, lastId] = decodeCursor(cursor, companyId, listName);
    const beyond = sql.raw(descending ? '<' : '>');
    rows = rows.where(sql<boolean>`(${column}, ${id}) ${beyond} (${value}::${sql.raw(by.type)}, ${lastId}::uuid)`);
  } else if (page !== undefined && page > 1) {
    rows = rows.offset((page - 1) * limit);
  }
  return { rows, by, listName, limit };
}

/** One page of a list, by keyset: its cost does not grow with what lies before it. `sort` is a name, `-` for descending. */
export async function listPage<TB extends keyof DB, Row extends { id: string }>(
  company: CompanyStatements,
  list: List<TB, Row>,
  request: PageRequest,
): Promise<Page<Row>> {
  const { companyId } = company.context;
  const { rows, by, listName, limit } = pageQuery(list, request, companyId);
  const items = await company.many<Row>(rows);
  const more = items.length > limit;
  if (more) items.pop();
  const last = items.at(-1) as (Row & Record<string, unknown>) | undefined;
  const next_cursor = more && last ? encodeCursor([String(last[by.field]), last.id], companyId, listName) : null;
  if (!request.include_total) return { items, next_cursor };
  const total = await company.first<{ total: number }>(
    list.query.clearSelect().select(sql<number>`count(*)::int`.as('total')) as never,
  );
  return { items, next_cursor, total: total?.total ?? 0 };
}
