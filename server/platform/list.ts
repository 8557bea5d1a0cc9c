import { type SelectQueryBuilder, sql } from 'kysely';
import type { DB } from '../../db/types.ts';
import type { Context } from '../tenancy/context.ts';
import type { CompanyStatements } from '../tenancy/door.ts';
import { decodeCursor, encodeCursor } from './paging.ts';
import { invalid } from './problems.ts';

/** An expression that a list can be sorted by: never null, and led to by an index `(company_id, expression, id)`. */
export interface Sort {
  /** Expression over the list's table, qualified: `contacts.last_name collate "C"`. */
  sql: string;
  /** PostgreSQL type of the expression. */
  type: string;
  /** Field of a row that holds the expression's value, as text. */
  field: string;
  /** What the expression makes of a null field. */
  whenNull?: string;
}

/** A gate function that finds the ids of a page where row-level security would keep an index from being used. */
export interface Finder {
  gate: string;
  words: string;
  /** The list's filters, which the function applies in the query's stead. */
  only: object;
}

export interface List<TB extends keyof DB, Row> {
  /** Name of the list; a cursor of one list is no good for another. */
  name: string;
  /** The table's alias whose id breaks ties. */
  table: string;
  query: SelectQueryBuilder<DB, TB, Row>;
  sorts: Record<string, Sort>;
  defaultSort: string;
  /** Column of the owner: named to the planner for those who see only some owners' rows, so that it finds their index. */
  owner?: string;
  finder?: Finder | undefined;
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
  { name, table, query, sorts, defaultSort, owner, finder }: List<TB, Row>,
  { limit = 50, cursor, page = 1, sort = defaultSort, include_total = false }: PageRequest,
): Promise<Page<Row>> {
  const descending = sort.startsWith('-');
  const sortName = descending ? sort.slice(1) : sort;
  const by = Object.hasOwn(sorts, sortName) ? sorts[sortName] : undefined;
  if (by === undefined)
    throw invalid('sort', 'unknown_sort', `must be one of ${Object.keys(sorts).join(', ')}, with - for descending`);
  const column = sql.raw(by.sql);
  const id = sql.raw(`${table}.id`);
  const direction = sql.raw(descending ? 'desc' : 'asc');
  const listName = `${name} ${sort}`;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, company.context.companyId, listName);
  const skipped = after === undefined ? (page - 1) * limit : 0;
  const among = ({ gate, words, only }: Finder, [value = null, lastId = null]: Cursor, take: number | null) =>
    sql<boolean>`${id} in (select found.id from ${sql.raw(`gate.${gate}`)}(${words}, ${JSON.stringify(only)}::jsonb,
      ${sortName}, ${descending}, ${value}, ${lastId}, ${take}) found)`;

  const visible = finder === undefined ? ownedBy(query, owner, company.context.owners) : query;
  let rows = visible.orderBy(sql`${column} ${direction}, ${id} ${direction}`).limit(limit + 1) as typeof query;
  if (finder !== undefined) {
    rows = rows.where(among(finder, after ?? [], skipped + limit + 1));
  } else if (after !== undefined) {
    const beyond = sql.raw(descending ? '<' : '>');
    rows = rows.where(sql<boolean>`(${column}, ${id}) ${beyond} (${after[0]}::${sql.raw(by.type)}, ${after[1]}::uuid)`);
  }
  if (skipped > 0) rows = rows.offset(skipped);

  const items = await company.many<Row>(rows);
  const more = items.length > limit;
  if (more) items.pop();
  const last = items.at(-1) as (Row & Record<string, unknown>) | undefined;
  const next_cursor =
    more && last
      ? encodeCursor([String(last[by.field] ?? by.whenNull), last.id], company.context.companyId, listName)
      : null;
  if (!include_total) return { items, next_cursor };
  const counted = finder === undefined ? visible : query.where(among(finder, [], null));
  const total = await company.first<{ total: number }>(
    counted.clearSelect().select(sql<number>`count(*)::int`.as('total')) as never,
  );
  return { items, next_cursor, total: total?.total ?? 0 };
}

type Cursor = readonly (string | null)[];

/** The policies say the same, but in a form that no index serves: a rep's list must not read through the company's. */
function ownedBy<TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  owner: string | undefined,
  owners: Context['owners'],
): SelectQueryBuilder<DB, TB, Row> {
  if (owner === undefined || owners === '*') return query;
  const column = sql.raw(owner);
  const condition =
    owners.length === 1 ? sql<boolean>`${column} = ${owners[0]}` : sql<boolean>`${column} = any (${owners})`;
  return query.where(condition) as typeof query;
}
