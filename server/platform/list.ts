import { type SelectQueryBuilder, sql } from 'kysely';
import type { DB } from '../../db/types.ts';
import type { CompanyStatements } from '../tenancy/door.ts';
import { decodeCursor, encodeCursor } from './paging.ts';
import { invalid } from './problems.ts';

export interface SortKey {
  /** Expression over the list's tables, qualified: `contacts.last_key`. */
  sql: string;
  /** PostgreSQL type of the expression. */
  type: string;
  /** Field of a row that holds the expression's value; without it the list selects the value for itself. */
  field?: string;
  /** Rows without a value come last in both directions. Only for a sort of one key. */
  nullable?: boolean;
}

/** What a list can be sorted by: one key or several, led to by an index `(company_id, ...keys, id)`. */
export type Sort = SortKey | readonly SortKey[];

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

/** One page of a list, by keyset: its cost does not grow with what lies before it. `sort` is a name, `-` for descending. */
export async function listPage<TB extends keyof DB, Row extends { id: string }>(
  company: CompanyStatements,
  { name, table, query, sorts, defaultSort }: List<TB, Row>,
  { limit = 50, cursor, page, sort = defaultSort, include_total = false }: PageRequest,
): Promise<Page<Row>> {
  const descending = sort.startsWith('-');
  const chosen = descending ? sort.slice(1) : sort;
  const by = Object.hasOwn(sorts, chosen) ? sorts[chosen] : undefined;
  if (by === undefined)
    throw invalid('sort', 'unknown_sort', `must be one of ${Object.keys(sorts).join(', ')}, with - for descending`);
  const keys = ([] as SortKey[]).concat(by);
  const listName = `${name} ${sort}`;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, company.context.companyId, listName);
  const offset = after === undefined && page !== undefined ? (page - 1) * limit : 0;

  const read = (wanted: Phase, most: number) =>
    company.many<Row>(
      pageQuery(query, {
        keys,
        table,
        direction: descending ? 'desc' : 'asc',
        phase: wanted,
        after,
        limit: most,
        offset,
      }),
    );
  const nullable = keys[0]?.nullable === true;
  let items: Row[];
  if (!nullable) items = await read('all', limit + 1);
  else if (offset > 0) items = await read('all', limit + 1);
  else {
    // First the rows with a value, then those without: each is a range of the same index.
    const inNulls = after !== undefined && after[0] === null;
    items = inNulls ? [] : await read('values', limit + 1);
    if (items.length <= limit) items.push(...(await read(inNulls ? 'nulls' : 'first nulls', limit + 1 - items.length)));
  }

  const more = items.length > limit;
  if (more) items.pop();
  const last = items.at(-1) as (Row & Record<string, unknown>) | undefined;
  const valueOf = ({ field }: SortKey, i: number) => {
    const value = last?.[field ?? `sort_${i}`];
    return value === null || value === undefined ? null : String(value);
  };
  const next_cursor =
    more && last ? encodeCursor([...keys.map(valueOf), last.id], company.context.companyId, listName) : null;
  keys.forEach(({ field }, i) => {
    if (field === undefined) for (const item of items as Record<string, unknown>[]) delete item[`sort_${i}`];
  });
  if (!include_total) return { items, next_cursor };
  const total = await company.first<{ total: number }>(
    query.clearSelect().select(sql<number>`count(*)::int`.as('total')) as never,
  );
  return { items, next_cursor, total: total?.total ?? 0 };
}

type Phase = 'all' | 'values' | 'first nulls' | 'nulls';

interface Range {
  keys: readonly SortKey[];
  table: string;
  direction: 'asc' | 'desc';
  phase: Phase;
  after: readonly (string | null)[] | undefined;
  limit: number;
  offset: number;
}

function pageQuery<TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  { keys, table, direction, phase, after, limit, offset }: Range,
): SelectQueryBuilder<DB, TB, Row> {
  const dir = sql.raw(direction);
  const id = sql.raw(`${table}.id`);
  const columns = keys.map((key) => sql.raw(key.sql));
  const beyond = sql.raw(direction === 'desc' ? '<' : '>');
  let rows = query;
  keys.forEach(({ field }, i) => {
    if (field === undefined) rows = rows.select(sql`${columns[i]}`.as(`sort_${i}`)) as typeof query;
  });
  const ordered =
    phase === 'nulls' || phase === 'first nulls'
      ? []
      : columns.map((c) => sql`${c} ${dir}${sql.raw(phase === 'all' && keys[0]?.nullable ? ' nulls last' : '')}`);
  rows = rows.orderBy(sql.join([...ordered, sql`${id} ${dir}`])).limit(limit) as typeof query;
  if (phase === 'values') rows = rows.where(sql<boolean>`${columns[0]} is not null`);
  if (phase === 'nulls' || phase === 'first nulls') rows = rows.where(sql<boolean>`${columns[0]} is null`);
  if (offset > 0) return rows.offset(offset);
  if (after === undefined || phase === 'first nulls') return rows;
  const lastId = sql`${after.at(-1)}::uuid`;
  if (phase === 'nulls') return rows.where(sql<boolean>`${id} ${beyond} ${lastId}`);
  const values = keys.map(({ type }, i) => sql`${after[i]}::${sql.raw(type)}`);
  return rows.where(sql<boolean>`(${sql.join([...columns, id])}) ${beyond} (${sql.join([...values, lastId])})`);
}
